import type { Answer, AnswerFacts, AnswerStream } from '@onerouter/core';
import type { Dispatcher } from 'undici';
import { inlineFailure } from '../failure.ts';
import { HeldEvents } from './held-events.ts';
import type { ReaderEvents, ResponseReader } from './reader.ts';

/** Passes a stream on from its first real output; holds back what comes before. */
export class StreamReader implements ResponseReader {
  readonly #stream: AnswerStream;
  readonly #answer: Answer;
  readonly #attempt: ReaderEvents;
  readonly #held = new HeldEvents();
  #committed = false;

  constructor(stream: AnswerStream, answer: Answer, attempt: ReaderEvents) {
    this.#stream = stream;
    this.#answer = answer;
    this.#attempt = attempt;
  }

  get facts(): AnswerFacts {
    return this.#stream.facts;
  }

  data(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const events = this.#stream.push(chunk);
    const { facts } = this;
    const flowing = this.#pass(events);
    if (facts.error) this.#attempt.fail(inlineFailure(facts.error.status));
    else if (facts.done) this.#end();
    else if (!flowing) this.#attempt.blocked(controller);
    else if (this.#committed) this.#attempt.alive(facts.finishReason !== null);
  }

  end(): void {
    this.#pass(this.#stream.end());
    this.#end();
  }

  /** @returns false when the client cannot keep up */
  #pass(events: string): boolean {
    if (this.#committed) return this.#answer.write(events, this.facts);
    const full = !this.#held.add(events);
    const { facts } = this;
    if (!facts.output && !full && (facts.error !== undefined || facts.finishReason === null)) return true;
    this.#committed = true;
    this.#attempt.commit();
    this.#answer.begin();
    return this.#answer.write(this.#held.take(), facts);
  }

  /** A stream without a finish reason or an end mark is not whole, however orderly it was closed. */
  #end(): void {
    const { facts } = this;
    if (facts.error) this.#attempt.fail(inlineFailure(facts.error.status));
    else if (facts.finishReason !== null || (facts.done && facts.output)) this.#attempt.streamed(facts);
    else this.#attempt.fail(facts.output ? 'stream_cut' : 'empty_answer');
  }
}
