import type { Answer } from '@onerouter/core';

/** The time before output: one deadline over all attempts, and comments that keep a stream's client waiting. */
export class Wait {
  readonly #deadline: NodeJS.Timeout;
  readonly #comments: NodeJS.Timeout | undefined;

  /** @param commentMs `undefined` where the client awaits a whole answer */
  constructor(deadlineMs: number, onDeadline: () => void, answer: Answer, commentMs: number | undefined) {
    this.#deadline = setTimeout(onDeadline, deadlineMs);
    if (commentMs !== undefined) {
      this.#comments = setInterval(() => answer.comment('ONEROUTER PROCESSING'), commentMs);
    }
  }

  /** Output has begun, or nothing is left to try. */
  end(): void {
    clearTimeout(this.#deadline);
    clearInterval(this.#comments);
  }
}
