/** The spread of a figure. */
export interface Percentiles {
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p99: number;
}

export type Percentile = keyof Percentiles;

/** Each bucket ends 8 % above the one before, so a figure is off by at most 4 %. */
const GROWTH = 1.08;
const LOG_GROWTH = Math.log(GROWTH);
/** Enough for two and a half million times the smallest value. */
const BUCKETS = 192;

export interface PercentileRingOptions {
  readonly windowMs: number;
  readonly slots: number;
  /** Values up to this are not told apart. */
  readonly smallest: number;
  /** Whether a higher value is the better one. `p90` is then what nine of ten requests reach. */
  readonly higherIsBetter: boolean;
}

interface Slot {
  held: number;
  readonly buckets: Uint32Array;
  min: number;
  max: number;
}

/**
 * The spread of a figure over a moving window, as histograms in slots of time: nothing is sorted, and memory does not
 * grow with traffic. Slots without any value take none.
 */
export class PercentileRing {
  readonly #options: PercentileRingOptions;
  readonly #slotMs: number;
  readonly #slots: (Slot | undefined)[] = [];

  constructor(options: PercentileRingOptions) {
    this.#options = options;
    this.#slotMs = options.windowMs / options.slots;
  }

  add(nowMs: number, value: number): void {
    const slot = this.#slotOf(Math.floor(nowMs / this.#slotMs));
    const at = this.#bucketOf(value);
    slot.buckets[at] = (slot.buckets[at] ?? 0) + 1;
    slot.min = Math.min(slot.min, value);
    slot.max = Math.max(slot.max, value);
  }

  /** One figure of the window, or `undefined` when it holds no value. */
  figure(nowMs: number, percentile: Percentile): number | undefined {
    return this.figures(nowMs)?.[percentile];
  }

  /** Every figure of the window, or `undefined` when it holds no value. */
  figures(nowMs: number): Percentiles | undefined {
    const merged = new Uint32Array(BUCKETS);
    const oldest = Math.floor(nowMs / this.#slotMs) - this.#options.slots + 1;
    let total = 0;
    let min = Infinity;
    let max = -Infinity;
    for (const slot of this.#slots) {
      if (!slot || slot.held < oldest) continue;
      for (const [at, count] of slot.buckets.entries()) {
        merged[at] = (merged[at] ?? 0) + count;
        total += count;
      }
      min = Math.min(min, slot.min);
      max = Math.max(max, slot.max);
    }
    if (total === 0) return undefined;
    const at = (share: number): number => {
      const rank = this.#options.higherIsBetter ? 1 - share : share;
      const value = this.#valueAt(merged, Math.max(1, Math.ceil(rank * total)));
      return Number(Math.min(max, Math.max(min, value)).toPrecision(4));
    };
    return { p50: at(0.5), p75: at(0.75), p90: at(0.9), p99: at(0.99) };
  }

  #slotOf(number: number): Slot {
    const place = number % this.#options.slots;
    let slot = this.#slots[place];
    if (!slot) {
      slot = { held: number, buckets: new Uint32Array(BUCKETS), min: Infinity, max: -Infinity };
      this.#slots[place] = slot;
    } else if (slot.held !== number) {
      slot.held = number;
      slot.buckets.fill(0);
      slot.min = Infinity;
      slot.max = -Infinity;
    }
    return slot;
  }

  #bucketOf(value: number): number {
    if (!(value > this.#options.smallest)) return 0;
    return Math.min(BUCKETS - 1, Math.ceil(Math.log(value / this.#options.smallest) / LOG_GROWTH));
  }

  #valueAt(buckets: Uint32Array, rank: number): number {
    let seen = 0;
    for (const [at, count] of buckets.entries()) {
      seen += count;
      if (seen >= rank) return this.#options.smallest * GROWTH ** (at - 0.5);
    }
    return Infinity;
  }
}
