import type { Nanos } from '@onerouter/core';
import type { KeyUse } from './book-store.ts';
import type { LimitReset } from './ledger.ts';

const DAY_MS = 86_400_000;

/** The running day, week and month as numbers that rise by one: all UTC, weeks from Monday to Sunday. */
export interface Periods {
  readonly dayNo: number;
  readonly weekNo: number;
  readonly monthNo: number;
}

let last: Periods = { dayNo: -1, weekNo: -1, monthNo: -1 };

/** The periods that a time lies in. */
export function periodsAt(nowMs: number): Periods {
  const dayNo = Math.floor(nowMs / DAY_MS);
  // A day's answer is kept, since taking a date apart is dear beside the rest of a settlement.
  if (dayNo !== last.dayNo) {
    const date = new Date(nowMs);
    // Day 0 was a Thursday, so Monday-to-Sunday weeks are three days ahead of it.
    const weekNo = Math.floor((dayNo + 3) / 7);
    last = { dayNo, weekNo, monthNo: date.getUTCFullYear() * 12 + date.getUTCMonth() };
  }
  return last;
}

/** A key's use after another charge. */
export function addUse(use: KeyUse | undefined, key: string, amount: Nanos, nowMs: number): KeyUse {
  const now = periodsAt(nowMs);
  if (!use) return { key, total: amount, ...now, day: amount, week: amount, month: amount };
  return {
    key,
    total: use.total + amount,
    ...now,
    day: (use.dayNo === now.dayNo ? use.day : 0n) + amount,
    week: (use.weekNo === now.weekNo ? use.week : 0n) + amount,
    month: (use.monthNo === now.monthNo ? use.month : 0n) + amount,
  };
}

/** What a key has spent in the running period of its limit; in all, for a limit that does not reset. */
export function usedWithin(use: KeyUse | undefined, reset: LimitReset | null, nowMs: number): Nanos {
  if (!use) return 0n;
  const now = periodsAt(nowMs);
  switch (reset) {
    case 'daily':
      return use.dayNo === now.dayNo ? use.day : 0n;
    case 'weekly':
      return use.weekNo === now.weekNo ? use.week : 0n;
    case 'monthly':
      return use.monthNo === now.monthNo ? use.month : 0n;
    case null:
      break;
  }
  return use.total;
}
