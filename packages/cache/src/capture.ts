/** Bytes that all captures of a process may take together. */
export class CaptureBudget {
  readonly #maxBytes: number;
  #used = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get used(): number {
    return this.#used;
  }

  /** @returns false, and takes nothing, when there is not that much left */
  take(bytes: number, force: boolean): boolean {
    if (!force && this.#used + bytes > this.#maxBytes) return false;
    this.#used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }
}

const FIRST_BYTES = 2048;
/** Growing by a quarter leaves little unused in a thousand held streams; doubling left up to half. */
const GROWTH = 1.25;
const LEAST_STEP = 4096;
const NOTHING = Buffer.alloc(0);

/**
 * The bytes of a running stream, in one buffer that grows: an object for each chunk would cost a held stream more than
 * its text. While all of them are kept the capture is whole; past its limit it becomes a window on the latest bytes.
 */
export class Capture {
  readonly maxBytes: number;
  readonly #budget: CaptureBudget;
  #bytes: Buffer = NOTHING;
  #used = 0;
  #dropped = 0;
  #whole = true;

  constructor(maxBytes: number, budget: CaptureBudget) {
    this.maxBytes = maxBytes;
    this.#budget = budget;
  }

  /** Whether every byte from the first on is still here. */
  get whole(): boolean {
    return this.#whole;
  }

  /** Bytes seen, dropped ones included. */
  get length(): number {
    return this.#dropped + this.#used;
  }

  /**
   * Adds latin1 text.
   *
   * @param force adds it although it is too much, for followers that are waiting for it
   * @returns false, having added nothing, when there is no room
   */
  append(text: string, force = false): boolean {
    const size = this.#used + text.length;
    if (!force && size > this.maxBytes) return false;
    if (size > this.#bytes.length && !this.#grow(size, force)) return false;
    this.#used += this.#bytes.write(text, this.#used, 'latin1');
    return true;
  }

  /** What came from an offset on. Good until the next change: it is a view. */
  from(offset: number): Buffer {
    return this.#bytes.subarray(Math.max(0, offset - this.#dropped), this.#used);
  }

  /** Forgets what came before an offset. */
  drop(offset: number): void {
    const count = Math.min(offset - this.#dropped, this.#used);
    if (count <= 0) return;
    this.#whole = false;
    this.#bytes.copyWithin(0, count, this.#used);
    this.#used -= count;
    this.#dropped += count;
  }

  /** A copy of everything, or `undefined` when not everything is here, or nothing is. */
  copy(): Buffer | undefined {
    return this.#whole && this.#used > 0 ? Buffer.from(this.#bytes.subarray(0, this.#used)) : undefined;
  }

  /** Gives the memory back. */
  release(): void {
    this.#budget.give(this.#bytes.length);
    this.#bytes = NOTHING;
    this.#dropped += this.#used;
    this.#used = 0;
    this.#whole = false;
  }

  #grow(size: number, force: boolean): boolean {
    const { length } = this.#bytes;
    let capacity =
      length === 0 ? FIRST_BYTES : length + Math.max(LEAST_STEP, Math.floor(length * (GROWTH - 1)));
    if (capacity > this.maxBytes) capacity = this.maxBytes;
    if (capacity < size) capacity = size;
    if (!this.#budget.take(capacity - this.#bytes.length, force)) return false;
    // Slow means not from Node's shared pool, where a small piece keeps a large slab alive.
    const bytes = Buffer.allocUnsafeSlow(capacity);
    this.#bytes.copy(bytes, 0, 0, this.#used);
    this.#bytes = bytes;
    return true;
  }
}
