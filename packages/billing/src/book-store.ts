import type { Generation, Nanos } from '@onerouter/core';
import type { LedgerEntry } from './ledger.ts';

/** Credit that was added at once and expires at once. Lots are in the order they were added. */
export interface Lot {
  readonly id: string;
  /** What was added, less what of it has expired. */
  readonly amount: Nanos;
  readonly expiresAt: number | null;
}

/** An open reservation as an account's book lists it. */
export interface OpenReservation {
  readonly id: string;
  readonly key: string;
  readonly amount: Nanos;
  /** The process that holds it. */
  readonly owner: string;
}

/** An open reservation as it is stored. */
export interface Reservation extends OpenReservation {
  readonly createdAt: number;
  readonly draft: Generation;
}

/** What a key has spent. A period counts only while its number is the running one (see `periods.ts`). */
export interface KeyUse {
  readonly key: string;
  readonly total: Nanos;
  readonly dayNo: number;
  readonly day: Nanos;
  readonly weekNo: number;
  readonly week: Nanos;
  readonly monthNo: number;
  readonly month: Nanos;
}

/** An account's money at `seq`: one consistent view. */
export interface AccountBook {
  readonly account: string;
  /** Rises with every change. 0 for an account that has none yet. */
  readonly seq: number;
  readonly balance: Nanos;
  /** Sum of the open reservations. */
  readonly reserved: Nanos;
  /** Sum of all charges. */
  readonly spent: Nanos;
  readonly lots: readonly Lot[];
  readonly open: readonly OpenReservation[];
  readonly keyUse: readonly KeyUse[];
}

/** A generation with what it booked; it is the entry of its own charge. */
export interface BookedGeneration {
  readonly generation: Generation;
  readonly seq: number;
  /** What this record charges. Less than `generation.cost` when the money stands in an adjustment. */
  readonly charge: Nanos;
  /** False for what a dead process left: a late settlement may still replace it. */
  readonly final: boolean;
  /** True when a record by that id is known to be there, and not final. Else there must be none. */
  readonly replaces: boolean;
}

/** Sums over all accounts. */
export interface BookTotals {
  readonly balance: Nanos;
  readonly reserved: Nanos;
  readonly spent: Nanos;
}

/** Everything that one commit changes in one account. Written whole or not at all. */
export interface AccountChange {
  readonly account: string;
  /** The account must stand at this `seq`; 0 for one that must not be there yet. */
  readonly fromSeq: number;
  readonly seq: number;
  readonly balance: Nanos;
  readonly reserved: Nanos;
  readonly spent: Nanos;
  /** `undefined` when the lots are unchanged. */
  readonly lots: readonly Lot[] | undefined;
  /** When the next lot expires, to be found by `expiring`. Meaningful with `lots`. */
  readonly nextExpiryAt: number | null;
  /** Ids of reservations that end. Apply before `opened`: an id may be in both. */
  readonly closed: readonly string[];
  readonly opened: readonly Reservation[];
  /** New values for these keys. */
  readonly keyUse: readonly KeyUse[];
  readonly entries: readonly LedgerEntry[];
  readonly generations: readonly BookedGeneration[];
}

/** - `conflict`: nothing of this account's change was written; load it anew and fold again. */
export type CommitResult = 'ok' | 'conflict';

/** What the store has under an act's id. */
export interface Booked {
  readonly account: string;
  /** Signed, as in the entry. */
  readonly amount: Nanos;
  /** False for a generation that a settlement may still replace. */
  readonly final: boolean;
}

/** A reservation whose process has died. */
export interface Orphan {
  readonly account: string;
  readonly id: string;
  readonly owner: string;
  readonly draft: Generation;
}

/**
 * What the ledger needs of a store. Methods reject with the driver's error when the store fails; none of them retries.
 * Which rules hold between the numbers is the ledger's business, not the store's.
 */
export interface BookStore {
  /** The store's clock in milliseconds since the epoch. All processes of a store go by it. */
  now(): number;
  /** An account's book in one consistent view; an empty one at `seq` 0 for an account without money so far. */
  load(account: string): Promise<AccountBook>;
  /** Just the account's `seq`: whether what was loaded before still holds. */
  seq(account: string): Promise<number>;
  /**
   * Writes changes, each atomically and on condition that its account still stands at `fromSeq`. A change also conflicts
   * when an entry id, or a generation id that is not said to be replaced, is there already.
   *
   * @returns one result for each change, in order
   */
  commit(changes: readonly AccountChange[]): Promise<readonly CommitResult[]>;
  /**
   * What is there under these ids: entries of any account, generations of this one. Ids that are free are not in the
   * result.
   */
  lookup(account: string, ids: readonly string[]): Promise<ReadonlyMap<string, Booked>>;
  /** Entries behind `afterSeq` in order of `seq`, generations that charged among them. */
  entries(account: string, afterSeq: number, limit: number): Promise<readonly LedgerEntry[]>;
  /** Entries without charges, newest first, of those in front of `beforeSeq`. */
  history(account: string, beforeSeq: number, limit: number): Promise<readonly LedgerEntry[]>;
  /** Sums over all accounts, each as it is when it is read. May take long where there are many; others go on meanwhile. */
  totals(): Promise<BookTotals>;
  /** Says that a process lives for `leaseMs` from now. */
  renewOwner(owner: string, leaseMs: number): Promise<void>;
  /** Ends a process's lease. */
  dropOwner(owner: string): Promise<void>;
  /** Open reservations whose owner has no lease, or one that ran out. */
  orphans(limit: number): Promise<readonly Orphan[]>;
  /** Accounts whose next lot expires at or before this time. */
  expiring(before: number, limit: number): Promise<readonly string[]>;
}
