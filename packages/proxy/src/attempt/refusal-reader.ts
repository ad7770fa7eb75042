import { emptyFacts, type AnswerFacts, type Dialect, type UpstreamRefusal } from '@onerouter/core';
import type { Dispatcher } from 'undici';
import { statusFailure } from '../failure.ts';
import type { ReaderEvents, ResponseReader } from './reader.ts';

/** A refusal is read this far to learn its kind. */
export const MAX_REFUSAL_BYTES: number = 64 * 1024;

/** Reads why a provider says no. */
export class RefusalReader implements ResponseReader {
  readonly facts: AnswerFacts = emptyFacts();
  readonly #dialect: Dialect;
  readonly #status: number;
  readonly #retryAfterMs: number | undefined;
  readonly #attempt: ReaderEvents;
  readonly #parts: Buffer[] = [];
  #size = 0;

  constructor(dialect: Dialect, status: number, retryAfterMs: number | undefined, attempt: ReaderEvents) {
    this.#dialect = dialect;
    this.#status = status;
    this.#retryAfterMs = retryAfterMs;
    this.#attempt = attempt;
  }

  data(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#parts.push(chunk);
    this.#size += chunk.length;
    if (this.#size <= MAX_REFUSAL_BYTES) return this.#attempt.alive();
    this.end();
    controller.abort(new Error('The refusal is longer than anybody reads.'));
  }

  end(): void {
    const refusal = this.#read();
    this.#attempt.refused({
      type: statusFailure(this.#status, refusal),
      status: this.#status,
      retryAfterMs: this.#retryAfterMs,
      param: refusal.param,
    });
  }

  #read(): UpstreamRefusal {
    try {
      return this.#dialect.refusal(this.#status, Buffer.concat(this.#parts));
    } catch {
      // The status says enough; an exchange that waits for more would wait for ever.
      return { kind: 'other', param: null };
    }
  }
}
