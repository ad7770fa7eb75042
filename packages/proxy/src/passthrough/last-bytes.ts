/** Tells the piece of a body that completes it. */
export class LastBytes {
  held: Buffer | undefined;
  #left: number;

  /** @param length the announced length; `undefined` where none was */
  constructor(length: string | undefined) {
    this.#left = length === undefined ? Infinity : Number(length);
  }

  /** Whether nothing more is to come. */
  get reached(): boolean {
    return this.#left <= 0;
  }

  /** Counts a piece, and keeps it when it is the last. */
  hold(chunk: Buffer): boolean {
    this.#left -= chunk.length;
    if (!this.reached) return false;
    this.held = chunk;
    return true;
  }
}
