import type { Nanos } from '@onerouter/core';

/** Stripe counts in cents. */
export const CENT: Nanos = 10_000_000n;

/** The currency that credits are sold in. */
export const CURRENCY = 'usd';

/** Whole cents as Stripe's integer. */
export function toCents(amount: Nanos): number {
  return Number(amount / CENT);
}

/** @throws {RangeError} on what is no whole number */
export function fromCents(cents: number): Nanos {
  return BigInt(cents) * CENT;
}

export function isWholeCents(amount: Nanos): boolean {
  return amount % CENT === 0n;
}

/** Down to a whole cent. */
export function floorToCent(amount: Nanos): Nanos {
  return amount <= 0n ? 0n : (amount / CENT) * CENT;
}
