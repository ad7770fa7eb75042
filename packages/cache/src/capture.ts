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
const BLOCK_BYTES = 4096;

/**
 * The bytes of a running stream, in blocks: an object for each chunk would cost a held stream more than its text, and
 * one buffer that grows leaves its smaller selves to the garbage collector. While every byte is kept the capture is
 * whole; past its limit it becomes a window on the latest ones.
 */
export class Capture {
  readonly maxBytes: number;
  readonly #budget: CaptureBudget;
  /** All but the last are full. */
  #blocks: Buffer[] = [];
  /** Free bytes at the end of the last block. */
  #room = 0;
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
    if (!force && this.#used + text.length > this.maxBytes) return false;
    const fits = Math.min(this.#room, text.length);
    const rest = text.length - fits;
    const block = rest === 0 ? undefined : this.#newBlock(rest, force);
    if (rest > 0 && !block) return false;
    const last = this.#blocks.at(-1);
    if (last && fits > 0) last.write(text, last.length - this.#room, fits, 'latin1');
    this.#room -= fits;
    if (block) {
      block.write(fits === 0 ? text : text.slice(fits), 0, 'latin1');
      this.#blocks.push(block);
      this.#room = block.length - rest;
    }
    this.#used += text.length;
    return true;
  }

  /** What came from an offset on. Good until the next change. */
  from(offset: number): Buffer {
    const parts: Buffer[] = [];
    let skip = Math.max(0, offset - this.#dropped);
    for (const block of this.#blocks) {
      const used = this.#usedOf(block);
      if (skip < used) parts.push(block.subarray(skip, used));
      skip = Math.max(0, skip - used);
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  /** Forgets what came before an offset. */
  drop(offset: number): void {
    let count = Math.min(offset - this.#dropped, this.#used);
    if (count <= 0) return;
    this.#whole = false;
    this.#used -= count;
    this.#dropped += count;
    for (let block = this.#blocks[0]; block && count > 0; block = this.#blocks[0]) {
      const used = this.#usedOf(block);
      const gone = used <= count ? block.length : count;
      this.#budget.give(gone);
      if (used <= count) {
        if (this.#blocks.length === 1) this.#room = 0;
        this.#blocks.shift();
      } else {
        this.#blocks[0] = block.subarray(count);
      }
      count -= Math.min(used, count);
    }
  }

  /** A copy of everything, or `undefined` when not everything is here, or nothing is. */
  copy(): Buffer | undefined {
    return this.#whole && this.#used > 0 ? Buffer.from(this.from(0)) : undefined;
  }

  /** Gives the memory back. */
  release(): void {
    for (const block of this.#blocks) this.#budget.give(block.length);
    this.#blocks = [];
    this.#room = 0;
    this.#dropped += this.#used;
    this.#used = 0;
    this.#whole = false;
  }

  #usedOf(block: Buffer): number {
    return block === this.#blocks.at(-1) ? block.length - this.#room : block.length;
  }

  #newBlock(bytes: number, force: boolean): Buffer | undefined {
    const wanted = this.#blocks.length === 0 ? FIRST_BYTES : BLOCK_BYTES;
    const left = this.maxBytes - this.#used - this.#room;
    const size = Math.max(Math.min(wanted, left), bytes);
    // Slow means not from Node's shared pool, where a small piece keeps a large slab alive.
    return this.#budget.take(size, force) ? Buffer.allocUnsafeSlow(size) : undefined;
  }
}
