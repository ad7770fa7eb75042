import type { Generation, Nanos } from '@onerouter/core';
import type { Balance, BalanceListener, HistoryOptions, KeyUsage, Statement } from './ledger-views.ts';

/** When a key's limit starts anew, at 00:00 UTC: every day, on Mondays, on the first of the month. */
export type LimitReset = 'daily' | 'weekly' | 'monthly';

export interface ReservationRequest {
  /** The generation's id; it names the reservation and, later, its charge. */
  readonly id: string;
  readonly account: string;
  /** Hash of the key that calls. */
  readonly key: string;
  /** What the key may spend within one reset period. @default null, no limit of its own */
  readonly keyLimit?: Nanos | null;
  /** @default null, the limit is for good */
  readonly keyLimitReset?: LimitReset | null;
  readonly amount: Nanos;
  /** The record as far as it is known: what a running exchange shows, and what remains when its process dies. */
  readonly draft: Generation;
}

export interface CreditRequest {
  /** Names the act: a second credit under the same id books nothing. */
  readonly entryId: string;
  readonly account: string;
  readonly amount: Nanos;
  /** @default 'top_up' */
  readonly kind?: CreditKind;
  /** Milliseconds since the epoch, or `null` for credit that stays. @default the ledger's `creditLifeMs` from now */
  readonly expiresAt?: number | null;
  /** Shown in the list of entries. Must hold no secrets. @default null */
  readonly note?: string | null;
}

export interface DebitRequest {
  /** Names the act: a second debit under the same id books nothing. */
  readonly entryId: string;
  readonly account: string;
  readonly amount: Nanos;
  /** @default 'refund' */
  readonly kind?: DebitKind;
  /** Take what is available when it is less, instead of refusing. @default false */
  readonly upTo?: boolean;
  /** @default null */
  readonly note?: string | null;
}

/** What an act did. */
export interface Booking {
  /** What it moved, without sign; `0n` when it had been booked before. */
  readonly booked: Nanos;
  /** The account's balance after it. */
  readonly balance: Nanos;
}

/**
 * What a credit is for. Its entry's amount is positive.
 *
 * - `top_up`: paid for.
 * - `grant`: given by the operator.
 * - `refund`: a refund that was called off.
 * - `dispute`: withdrawn funds that were reinstated.
 */
export type CreditKind = 'top_up' | 'grant' | 'refund' | 'dispute';

/**
 * What a debit is for. Its entry's amount is negative.
 *
 * - `refund`: paid back.
 * - `dispute`: withdrawn by the payer's bank.
 * - `grant`: a grant that was taken back.
 */
export type DebitKind = 'refund' | 'dispute' | 'grant';

/**
 * - `charge`: a generation's cost; the entry is the generation itself.
 * - `adjustment`: the cost of a generation that was settled after its reservation was gone (`adjust:<id>`).
 * - `expiry`: credit whose time had run out (`expire:<id of the credit>:<seq>`).
 */
export type EntryKind = CreditKind | DebitKind | 'charge' | 'adjustment' | 'expiry';

export interface LedgerEntry {
  readonly id: string;
  readonly account: string;
  /** Rises within an account; the cursor to read on from. */
  readonly seq: number;
  readonly kind: EntryKind;
  /** Signed: what it added to the balance. */
  readonly amount: Nanos;
  readonly at: number;
  readonly note: string | null;
}

/**
 * The append-only book of credits. Every act is atomic, safe to repeat under the same id, and dated by the store's clock.
 * The sum of an account's entries is its balance, always.
 *
 * Every method rejects with the store's own error when the store fails, and with {@link LedgerClosedError} after
 * `close()`; what a method raises beyond that stands at the method.
 */
export interface Ledger {
  /**
   * Holds credits for an exchange, if account and key allow it. Repeating it while it is open changes nothing.
   *
   * @throws {InsufficientCreditsError} when the account's or the key's remaining credit is less than `amount`
   * @throws {TooManyOpenError} when the account has too many open exchanges
   * @throws {RangeError} on a negative amount
   */
  reserve(request: ReservationRequest): Promise<void>;
  /**
   * Ends a reservation, charges `generation.cost` in full, also beyond what was reserved, and keeps the generation: one
   * commit. A settlement whose reservation is gone charges all the same, as `adjust:<id>`. A second one changes nothing.
   * When the store refuses, it is tried again until it commits.
   *
   * @throws {RangeError} on a cost that is negative or beyond what a store can hold
   */
  settle(id: string, generation: Generation): Promise<void>;
  /** Ends a reservation without a charge and without a trace. Tried again until it commits. */
  release(id: string, account: string): Promise<void>;
  /**
   * Adds credit.
   *
   * @throws {EntryMismatchError} when the entry id was used for another account or amount
   * @throws {RangeError} on an amount that is not positive
   */
  credit(request: CreditRequest): Promise<Booking>;
  /**
   * Takes credit back, for example for a refund.
   *
   * @throws {InsufficientCreditsError} when less is available, unless `upTo` is set
   * @throws {EntryMismatchError} when the entry id was used for another account
   * @throws {RangeError} on an amount that is not positive
   */
  debit(request: DebitRequest): Promise<Booking>;
  balance(account: string): Promise<Balance>;
  /** The balance with the lots it is made of, in one view. */
  statement(account: string): Promise<Statement>;
  /** What all accounts have together. May take seconds where there are very many, so keep it for a while. */
  totals(): Promise<Balance>;
  keyUsage(account: string, key: string): Promise<KeyUsage>;
  /** Entries of an account behind `afterSeq`, in order. @param limit 1,000 by default */
  entries(account: string, afterSeq?: number, limit?: number): Promise<readonly LedgerEntry[]>;
  /** Entries of an account without its charges, newest first: what its owner did, and what was done to it. */
  history(account: string, options?: HistoryOptions): Promise<readonly LedgerEntry[]>;
  /**
   * What the ledger has booked under some ids, signed as in their entries. Ids that it does not know, or that are another
   * account's, are missing.
   */
  booked(account: string, entryIds: readonly string[]): Promise<ReadonlyMap<string, Nanos>>;
  /**
   * Tells of every commit of this process that changed a balance, from memory. See `balanceWatch()` for listeners that
   * take their time.
   *
   * @returns what ends it
   */
  onBalance(listener: BalanceListener): () => void;
  /** Extends this process's lease on its reservations. Called by the heartbeat. */
  renewOwner(): Promise<void>;
  /** Releases what dead processes left open, and expires credit that is due. Called by the sweeper. */
  sweep(): Promise<void>;
  /** Starts the heartbeat and the sweeper. */
  start(): Promise<void>;
  /** Stops both and waits until everything that was handed in is committed. */
  close(): Promise<void>;
}
