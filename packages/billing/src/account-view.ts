import type { Nanos } from '@onerouter/core';
import type { AccountBook, BookTotals } from './book-store.ts';
import type { Balance, KeyUsage, Statement } from './ledger-views.ts';
import { lotsLeft } from './lots.ts';
import { usedWithin } from './periods.ts';

/** Numbers of one account, or of all, as readers get them. */
export function balanceOf({ balance, reserved, spent }: BookTotals): Balance {
  return {
    balance,
    reserved,
    available: balance - reserved,
    totalCredits: balance + spent,
    totalUsage: spent,
  };
}

/** The same with the lots, from one view of the account. */
export function statementOf(book: AccountBook): Statement {
  return { ...balanceOf(book), lots: lotsLeft(book.lots, book.balance) };
}

/** What a key has spent. @param now in milliseconds since the epoch */
export function keyUsageOf(book: AccountBook, key: string, now: number): KeyUsage {
  const use = book.keyUse.find((use) => use.key === key);
  let reserved: Nanos = 0n;
  for (const open of book.open) if (open.key === key) reserved += open.amount;
  return {
    total: usedWithin(use, null, now),
    daily: usedWithin(use, 'daily', now),
    weekly: usedWithin(use, 'weekly', now),
    monthly: usedWithin(use, 'monthly', now),
    reserved,
  };
}
