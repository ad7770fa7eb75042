import { decimalToScaled, type Nanos } from '@onerouter/core';
import { CENT } from './cents.ts';

/** Decimals of a percentage that are looked at. */
const PERCENT_DECIMALS = 9;
const HUNDRED_PERCENT: bigint = 100n * 10n ** BigInt(PERCENT_DECIMALS);

/** What buying credits costs beside them. */
export interface Fees {
  readonly fixed: Nanos;
  /** In `10^-9` percent. */
  readonly percent: bigint;
}

/** What a buyer pays. All three are whole cents. */
export interface Price {
  /** Credit that is bought. */
  readonly amount: Nanos;
  readonly fee: Nanos;
  readonly total: Nanos;
}

/** @throws {RangeError} on more than nine decimals */
export function readPercent(text: string): bigint {
  return decimalToScaled(text, PERCENT_DECIMALS);
}

/** The price of some credit: the fee is exact, then rounded up to a cent. */
export function priceOf(amount: Nanos, { fixed, percent }: Fees): Price {
  const exact = fixed * HUNDRED_PERCENT + amount * percent;
  const cent = CENT * HUNDRED_PERCENT;
  const fee = ((exact + cent - 1n) / cent) * CENT;
  return { amount, fee, total: amount + fee };
}
