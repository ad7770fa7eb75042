import type { Nanos } from '@onerouter/core';
import type { Lot } from './book-store.ts';

/*
 * Lots are spent oldest first, and nobody writes that down: what is gone of them in all is the difference between their
 * sum and the balance, and it is gone from the front. So a settlement changes the balance and touches no lot.
 */

/** A lot that is due, with what of it is unspent. */
export interface DueLot {
  readonly id: string;
  readonly unspent: Nanos;
}

/** What of each lot is unspent, in the order they were added; `0n` for those that are gone. */
export function lotsLeft(lots: readonly Lot[], balance: Nanos): readonly (Lot & { readonly left: Nanos })[] {
  let gone = sum(lots) - balance;
  return lots.map((lot) => {
    const spent = gone < lot.amount ? gone : lot.amount;
    gone -= spent;
    return { ...lot, left: lot.amount - spent };
  });
}

/** Lots that have expired and still hold something, oldest first. */
export function dueLots(lots: readonly Lot[], balance: Nanos, nowMs: number): readonly DueLot[] {
  return lotsLeft(lots, balance)
    .filter(({ expiresAt, left }) => expiresAt !== null && expiresAt <= nowMs && left > 0n)
    .map(({ id, left }) => ({ id, unspent: left }));
}

/** Lots after part of one has expired. */
export function takeFromLot(lots: readonly Lot[], id: string, amount: Nanos): readonly Lot[] {
  return lots.map((lot) => (lot.id === id ? { ...lot, amount: lot.amount - amount } : lot));
}

/** Drops lots that hold nothing any more, so that a long-lived account's list stays short. */
export function pruneLots(lots: readonly Lot[], balance: Nanos): readonly Lot[] {
  let gone = sum(lots) - balance;
  let spentWhole = true;
  return lots.filter((lot) => {
    if (lot.amount === 0n) return false;
    spentWhole &&= gone >= lot.amount;
    gone -= lot.amount;
    return !spentWhole;
  });
}

/** When the next lot expires; `null` when none does. */
export function nextExpiry(lots: readonly Lot[]): number | null {
  let next: number | null = null;
  for (const { expiresAt } of lots) {
    if (expiresAt !== null && (next === null || expiresAt < next)) next = expiresAt;
  }
  return next;
}

function sum(lots: readonly Lot[]): Nanos {
  let total = 0n;
  for (const lot of lots) total += lot.amount;
  return total;
}
