import {
  emptyFacts,
  type AnswerFacts,
  type Dialect,
  type RequestFacts,
  type WholeAnswer,
} from '@onerouter/core';
import type { Dispatcher } from 'undici';
import { inlineFailure } from '../failure.ts';
import type { ReaderEvents, ResponseReader } from './reader.ts';

/** A whole answer over this is no answer. */
export const MAX_ANSWER_BYTES: number = 256 * 1024 * 1024;

/** Collects an answer that comes in one piece. */
export class WholeReader implements ResponseReader {
  readonly facts: AnswerFacts = emptyFacts();
  readonly #dialect: Dialect;
  readonly #request: RequestFacts;
  readonly #attempt: ReaderEvents;
  #parts: Buffer[] = [];
  #size = 0;

  constructor(dialect: Dialect, request: RequestFacts, attempt: ReaderEvents) {
    this.#dialect = dialect;
    this.#request = request;
    this.#attempt = attempt;
  }

  data(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > MAX_ANSWER_BYTES) return this.#attempt.fail('malformed_answer');
    this.#parts.push(chunk);
    this.#attempt.alive();
  }

  end(): void {
    const whole = this.#read();
    if (!whole) this.#attempt.fail('malformed_answer');
    else if (whole.facts.error) this.#attempt.fail(inlineFailure(whole.facts.error.status));
    else if (!whole.facts.output && whole.facts.finishReason === null) this.#attempt.fail('empty_answer');
    // Where a stream was asked for, this is nothing that the client could read.
    else if (this.#request.stream) this.#attempt.fail('malformed_answer');
    else this.#attempt.answered(whole);
  }

  #read(): WholeAnswer | undefined {
    const [only] = this.#parts;
    const body = this.#parts.length === 1 && only ? only : Buffer.concat(this.#parts, this.#size);
    this.#parts = [];
    try {
      return this.#dialect.answer(this.#request.surface, body);
    } catch {
      return undefined;
    }
  }
}

export function isJson(contentType: string | string[] | undefined): boolean {
  return typeof contentType === 'string' && contentType.startsWith('application/json');
}
