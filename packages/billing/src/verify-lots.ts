import type { Nanos } from '@onerouter/core';
import type { Lot } from './book-store.ts';
import type { LedgerEntry } from './ledger.ts';

export interface LotDifference {
  readonly lot: string;
  readonly expected: Nanos;
  readonly found: Nanos;
}

const EXPIRY = /^expire:(.+):\d+$/s;

/** Follows each lot from its credit over what of it expired. */
export class LotCheck {
  readonly #lots: readonly Lot[];
  readonly #left = new Map<string, Nanos>();

  constructor(lots: readonly Lot[]) {
    this.#lots = lots;
    for (const { id } of lots) this.#left.set(id, 0n);
  }

  add({ id, kind, amount }: LedgerEntry): void {
    const lot = kind === 'expiry' ? EXPIRY.exec(id)?.[1] : amount > 0n ? id : undefined;
    const left = lot === undefined ? undefined : this.#left.get(lot);
    if (lot !== undefined && left !== undefined) this.#left.set(lot, left + amount);
  }

  differences(): readonly LotDifference[] {
    return this.#lots.flatMap(({ id, amount }) => {
      const expected = this.#left.get(id) ?? 0n;
      return expected === amount ? [] : [{ lot: id, expected, found: amount }];
    });
  }

  /** What all lots hold, spent or not; never less than the balance. */
  get total(): Nanos {
    return this.#lots.reduce((total, { amount }) => total + amount, 0n);
  }
}
