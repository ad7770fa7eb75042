import type { Log, Nanos } from '@onerouter/core';

/** A process that has not renewed its lease for this long is dead. */
export const LEASE_MS = 15_000;
/** How often the lease is renewed. */
export const HEARTBEAT_MS = 5_000;
/** How often dead processes' reservations and expired credit are looked for. */
export const SWEEP_MS = 10_000;
/** Credit expires after a year. */
export const CREDIT_LIFE_MS: number = 365 * 86_400_000;
/** Most open exchanges of one account. */
export const MAX_OPEN = 2_000;
/** Accounts whose state is kept in memory, so that the hot path reads nothing. */
export const CACHED_ACCOUNTS = 10_000;
/** Entries of a history where nobody says how many. */
export const HISTORY_PAGE = 100;
/** The largest amount there is, a billion dollars: far from what a 64-bit integer holds, also in sums. */
export const MAX_AMOUNT: Nanos = 10n ** 18n;

export interface LedgerOptions {
  /** Names this process in its reservations. Must be unique. @default a random UUID */
  readonly owner?: string;
  /** @default 15000 */
  readonly leaseMs?: number;
  /** @default 5000 */
  readonly heartbeatMs?: number;
  /** @default 10000 */
  readonly sweepMs?: number;
  /** How long credit lasts where the credit does not say; `null` for ever. @default 31536000000, 365 days */
  readonly creditLifeMs?: number | null;
  /** Open exchanges an account may have. @default 2000 */
  readonly maxOpen?: number;
  /** @default 10000 */
  readonly cachedAccounts?: number;
  /**
   * Folder in which settlements that the store refuses wait for it, on the disk, so that no end of the process loses them.
   * On a local disk; processes may share it. Then a settlement counts as done once it is there.
   *
   * @default none: they wait in memory
   */
  readonly journalPath?: string;
  /** Where refused settlements and failing sweeps are reported. @default Node's process warnings */
  readonly log?: Log;
}
