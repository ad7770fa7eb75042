import type { EndedAnswer, GatewayError, OwnedFields } from '@onerouter/core';
import { Capture, type Budget } from './capture.ts';
import type { Recorded } from './recorded.ts';

/** How a run has ended, as those who wait for it are told. */
export type Landing =
  | { readonly end: 'answered'; readonly recorded: Recorded; readonly answer: OwnedAnswer }
  | { readonly end: 'failed'; readonly error: GatewayError | undefined }
  | { readonly end: 'not_kept' };

/** An answer that somebody has given. */
export type OwnedAnswer = EndedAnswer & { readonly owned: OwnedFields };

/** A repeat that waits. */
export interface Waiting {
  /** Events, as latin1 text. */
  chunk(text: string): void;
  land(landing: Landing): void;
}

/** A request that runs in this process, from its claim to its settlement. */
export class Run {
  readonly generationId: string;
  readonly tag: string;
  readonly capture: Capture;
  readonly #waiting = new Set<Waiting>();
  readonly #leading: PromiseWithResolvers<boolean> = Promise.withResolvers();

  constructor(generationId: string, tag: string, maxBytes: number, budget: Budget) {
    this.generationId = generationId;
    this.tag = tag;
    this.capture = new Capture(maxBytes, budget);
  }

  /** Whether it has got the claim, once that is known. */
  get leading(): Promise<boolean> {
    return this.#leading.promise;
  }

  decide(leading: boolean): void {
    this.#leading.resolve(leading);
  }

  /**
   * Tells a repeat what was said and what will be.
   *
   * @returns a function that takes it off
   */
  join(waiting: Waiting): () => void {
    if (this.capture.tooLong) {
      waiting.land({ end: 'not_kept' });
      return () => {};
    }
    for (const chunk of this.capture.chunks) waiting.chunk(chunk);
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  /** @returns false when the answer has just become too long, and those who waited were told so */
  take(chunk: string | Buffer): boolean {
    const kept = this.capture.take(chunk);
    if (!kept) this.land({ end: 'not_kept' });
    else if (typeof chunk === 'string') for (const one of this.#waiting) one.chunk(chunk);
    return kept;
  }

  land(landing: Landing): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const one of waiting) one.land(landing);
    this.capture.release();
  }
}
