/** Bytes that the answers under way may take together. */
export class Budget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  give(bytes: number): void {
    this.#left += bytes;
  }
}

/** What has passed of an answer, as long as it is not too much. */
export class Capture {
  readonly #maxBytes: number;
  readonly #budget: Budget;
  #chunks: string[] = [];
  #body: Buffer | undefined;
  #bytes = 0;
  #whole = true;

  constructor(maxBytes: number, budget: Budget) {
    this.#maxBytes = maxBytes;
    this.#budget = budget;
  }

  get tooLong(): boolean {
    return !this.#whole;
  }

  /** Events so far, as latin1 text. */
  get chunks(): readonly string[] {
    return this.#chunks;
  }

  /** @returns false when the answer has become too long; nothing of it is kept then */
  take(chunk: string | Buffer): boolean {
    const { length } = chunk;
    if (!this.#whole || this.#bytes + length > this.#maxBytes || !this.#budget.take(length)) {
      this.#whole = false;
      this.release();
      return false;
    }
    this.#bytes += length;
    if (typeof chunk === 'string') this.#chunks.push(chunk);
    else this.#body = chunk;
    return true;
  }

  /** All of it; `undefined` when it was too long. */
  all(): { readonly form: 'stream' | 'whole'; readonly bytes: Buffer } | undefined {
    if (!this.#whole) return undefined;
    if (this.#body) return { form: 'whole', bytes: this.#body };
    return { form: 'stream', bytes: Buffer.from(this.#chunks.join(''), 'latin1') };
  }

  /** Forgets everything. */
  release(): void {
    this.#budget.give(this.#bytes);
    this.#bytes = 0;
    this.#chunks = [];
    this.#body = undefined;
  }
}
