/** How many answers and failures there were. */
export interface Counts {
  readonly ok: number;
  readonly failed: number;
}

/**
 * Counts answers and failures over a moving window, in slots of time that are overwritten as it moves on. Its size never
 * changes; the window is exact to one slot.
 */
export class CountRing {
  readonly #slotMs: number;
  /** Which slot of time each place holds; `-1` for none. */
  readonly #held: Float64Array;
  readonly #ok: Uint32Array;
  readonly #failed: Uint32Array;

  constructor(windowMs: number, slots: number) {
    this.#slotMs = windowMs / slots;
    this.#held = new Float64Array(slots).fill(-1);
    this.#ok = new Uint32Array(slots);
    this.#failed = new Uint32Array(slots);
  }

  add(nowMs: number, answered: boolean): void {
    const slot = Math.floor(nowMs / this.#slotMs);
    const place = slot % this.#held.length;
    if (this.#held[place] !== slot) {
      this.#held[place] = slot;
      this.#ok[place] = 0;
      this.#failed[place] = 0;
    }
    const counts = answered ? this.#ok : this.#failed;
    counts[place] = (counts[place] ?? 0) + 1;
  }

  /** What the window holds. */
  sum(nowMs: number): Counts {
    const oldest = Math.floor(nowMs / this.#slotMs) - this.#held.length + 1;
    let ok = 0;
    let failed = 0;
    for (const [place, slot] of this.#held.entries()) {
      if (slot < oldest || slot < 0) continue;
      ok += this.#ok[place] ?? 0;
      failed += this.#failed[place] ?? 0;
    }
    return { ok, failed };
  }

  clear(): void {
    this.#held.fill(-1);
  }
}
