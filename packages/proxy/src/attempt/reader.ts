import type { AnswerFacts, WholeAnswer } from '@onerouter/core';
import type { Dispatcher } from 'undici';
import type { Failure, FailureType } from '../failure.ts';

/** Takes the bytes of one response and tells the attempt what they amount to. */
export interface ResponseReader {
  /** What is known of the answer so far. */
  readonly facts: AnswerFacts;
  data(controller: Dispatcher.DispatchController, chunk: Buffer): void;
  /** The provider has closed the response in order. */
  end(): void;
}

/** What a reader can tell its attempt. */
export interface ReaderEvents {
  /** Bytes came and were passed on; the idle clock starts anew. `ending`: the finish reason has been seen. */
  alive(ending?: boolean): void;
  /** The client is slower than the provider. */
  blocked(controller: Dispatcher.DispatchController): void;
  /** Output is about to reach the client: no other candidate can take over any more. */
  commit(): void;
  /** The stream is whole; everything but its end has been passed on. */
  streamed(facts: AnswerFacts): void;
  /** The whole answer is here; nothing of it has been passed on. */
  answered(whole: WholeAnswer): void;
  /** It came to nothing, or broke off. */
  fail(type: FailureType): void;
  /** The provider said no. */
  refused(failure: Failure): void;
}
