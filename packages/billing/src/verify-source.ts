import type { Generation, Nanos, Usage } from '@onerouter/core';
import type { AccountBook } from './book-store.ts';
import type { LedgerEntry } from './ledger.ts';

/** A generation as the ledger settled it, or as the sweeper left it; not one that was only logged. */
export interface SettledGeneration extends Pick<Generation, 'id' | 'keyId' | 'model' | 'provider'> {
  readonly seq: number;
  /** When it was settled, by the store's clock. */
  readonly settledAt: number;
  readonly createdAt: number;
  readonly cost: Nanos;
  /** What this record itself charges. */
  readonly charge: Nanos;
  /** False for what a dead process left. */
  readonly final: boolean;
  /** Needed only where there are rollups. */
  readonly usage: Usage | null;
}

/** What an account used on one day (UTC, of the generations' `createdAt`) with one key, model and provider. */
export interface Rollup {
  /** `2026-09-23`. */
  readonly day: string;
  readonly key: string;
  readonly model: string;
  readonly provider: string;
  /** Settled generations up to this `seq` are in it, none behind it. */
  readonly lastSeq: number;
  readonly requests: bigint;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly reasoningTokens: bigint;
  readonly cost: Nanos;
}

/** An account at one moment: its book, and everything that was booked up to the book's `seq`, nothing behind it. */
export interface AuditedAccount {
  readonly book: AccountBook;
  /** Every entry but the charges, which are generations. In any order. */
  readonly entries: AsyncIterable<LedgerEntry>;
  /** In any order. */
  readonly generations: AsyncIterable<SettledGeneration>;
  /** For stores that keep rollups. */
  readonly rollups?: readonly Rollup[];
  /**
   * What has this `seq` or a higher one may be missing from the rollups, since it is on its way there.
   *
   * @default none is
   */
  readonly rollupsPendingFrom?: number;
}

/** What the verification needs of a store: reading, beside processes that go on writing. */
export interface LedgerSource {
  /** Every account that has a book, or anything booked without one. */
  accounts(): AsyncIterable<string>;
  /** Shows an account as it was at one moment. `look` reads each iterable once, and nothing after it has returned. */
  audit<T>(account: string, look: (audited: AuditedAccount) => Promise<T>): Promise<T>;
}
