import type { Nanos } from '@onerouter/core';

export interface Balance {
  readonly balance: Nanos;
  /** Held by open reservations. */
  readonly reserved: Nanos;
  /** `balance − reserved`. Negative after an exchange overran its reservation. */
  readonly available: Nanos;
  /** Credited, less refunds and expiry: `balance + totalUsage`. */
  readonly totalCredits: Nanos;
  /** Charged so far. */
  readonly totalUsage: Nanos;
}

/** Credit that was added at once, with what is left of it: lots are spent oldest first. */
export interface LotLeft {
  /** Id of the entry that added it. */
  readonly id: string;
  /** What was added, less what of it has expired. */
  readonly amount: Nanos;
  /** What of it is neither spent nor expired; running exchanges may hold some of it. */
  readonly left: Nanos;
  /** Milliseconds since the epoch, or `null` for credit that stays. */
  readonly expiresAt: number | null;
}

/** A balance with what it is made of: `left` of all lots is `balance`, or nothing while that is negative. */
export interface Statement extends Balance {
  /** Oldest first. Those that were used up long ago are not in it. */
  readonly lots: readonly LotLeft[];
}

/** An account's balance after a commit that changed it. */
export interface BalanceChange {
  readonly account: string;
  /** The balance in front of the commit. */
  readonly before: Nanos;
  readonly balance: Nanos;
  readonly available: Nanos;
}

/** Must return at once: the next commit waits for it. What it throws is logged. */
export type BalanceListener = (change: BalanceChange) => void;

export interface HistoryOptions {
  /** Entries in front of this `seq` only: that of the last entry on the page before. @default the newest first */
  readonly before?: number | undefined;
  /** @default 100 */
  readonly limit?: number | undefined;
}

/** What a key has spent, in all and in the running periods (UTC; weeks begin on Mondays). */
export interface KeyUsage {
  readonly total: Nanos;
  readonly daily: Nanos;
  readonly weekly: Nanos;
  readonly monthly: Nanos;
  readonly reserved: Nanos;
}
