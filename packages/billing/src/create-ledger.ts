import { randomUUID } from 'node:crypto';
import { warningLog, type Generation, type Log, type Nanos } from '@onerouter/core';
import { AccountCache } from './account-cache.ts';
import type { ReserveAct } from './act.ts';
import type { BookStore } from './book-store.ts';
import { Committer } from './committer.ts';
import type { Balance, Booking, KeyUsage, Ledger } from './ledger.ts';
import type { CreditRequest, DebitRequest, LedgerEntry, ReservationRequest } from './ledger.ts';
import { LedgerClosedError } from './ledger-errors.ts';
import { usedWithin } from './periods.ts';
import { Repeater } from './repeater.ts';
import { sweepBooks } from './sweep-books.ts';

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
  /** Where refused settlements and failing sweeps are reported. @default Node's process warnings */
  readonly log?: Log;
}

/** The ledger over a store of books. Several processes may share a store, each with a ledger of its own. */
export function createLedger(books: BookStore, options: LedgerOptions = {}): Ledger {
  return new FoldingLedger(books, options);
}

class FoldingLedger implements Ledger {
  readonly #books: BookStore;
  readonly #owner: string;
  readonly #leaseMs: number;
  readonly #heartbeatMs: number;
  readonly #creditLifeMs: number | null;
  readonly #committer: Committer;
  readonly #heartbeat: Repeater;
  readonly #sweeper: Repeater;
  #renewedAt = -Infinity;
  #renewing: Promise<void> | undefined;
  #closed = false;

  constructor(books: BookStore, options: LedgerOptions) {
    const { log = warningLog, maxOpen = MAX_OPEN, cachedAccounts = CACHED_ACCOUNTS } = options;
    this.#books = books;
    this.#owner = options.owner ?? randomUUID();
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
    this.#heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
    this.#creditLifeMs = options.creditLifeMs === undefined ? CREDIT_LIFE_MS : options.creditLifeMs;
    this.#committer = new Committer(books, new AccountCache(books, { maxOpen, cachedAccounts }), log);
    this.#heartbeat = new Repeater(
      () => this.renewOwner(),
      this.#heartbeatMs,
      (err) => log.error({ err }, 'The ledger could not renew its lease.'),
    );
    this.#sweeper = new Repeater(
      () => this.sweep(),
      options.sweepMs ?? SWEEP_MS,
      (err) => log.error({ err }, 'The ledger could not sweep.'),
    );
  }

  async reserve(request: ReservationRequest): Promise<void> {
    const { id, account, key, amount, draft, keyLimit = null, keyLimitReset = null } = request;
    this.#assertOpen();
    if (amount < 0n) throw new RangeError(`A reservation cannot be negative: ${amount}.`);
    const act: ReserveAct = {
      kind: 'reserve',
      id,
      key,
      keyLimit,
      keyLimitReset,
      amount,
      owner: this.#owner,
      // The record goes on changing while the act waits.
      draft: { ...draft, attempts: [...draft.attempts] },
    };
    // Without a lease the reservation would be any sweeper's at once.
    if (this.#books.now() - this.#renewedAt > this.#leaseMs / 2) await this.renewOwner();
    await this.#committer.add(account, act);
  }

  async settle(id: string, generation: Generation): Promise<void> {
    this.#assertOpen();
    if (generation.cost < 0n || generation.cost > MAX_AMOUNT) {
      throw new RangeError(`The cost of ${id} is out of range: ${generation.cost}.`);
    }
    const settled = { ...generation, attempts: [...generation.attempts] };
    await this.#committer.add(generation.accountId, { kind: 'settle', id, generation: settled });
  }

  async release(id: string, account: string): Promise<void> {
    this.#assertOpen();
    await this.#committer.add(account, { kind: 'release', id });
  }

  async credit(request: CreditRequest): Promise<Booking> {
    const { entryId: id, account, amount, note = null } = request;
    this.#assertOpen();
    assertAmount(amount);
    const life = this.#creditLifeMs;
    const fallback = life === null ? null : this.#books.now() + life;
    const expiresAt = request.expiresAt === undefined ? fallback : request.expiresAt;
    return this.#committer.add(account, { kind: 'credit', id, amount, expiresAt, note });
  }

  async debit(request: DebitRequest): Promise<Booking> {
    const { entryId: id, account, amount, upTo = false, note = null } = request;
    this.#assertOpen();
    assertAmount(amount);
    return this.#committer.add(account, { kind: 'debit', id, amount, upTo, note });
  }

  async balance(account: string): Promise<Balance> {
    const { balance, reserved, spent } = await this.#books.load(account);
    return {
      balance,
      reserved,
      available: balance - reserved,
      totalCredits: balance + spent,
      totalUsage: spent,
    };
  }

  async keyUsage(account: string, key: string): Promise<KeyUsage> {
    const book = await this.#books.load(account);
    const use = book.keyUse.find((use) => use.key === key);
    const now = this.#books.now();
    let reserved = 0n;
    for (const open of book.open) if (open.key === key) reserved += open.amount;
    return {
      total: usedWithin(use, null, now),
      daily: usedWithin(use, 'daily', now),
      weekly: usedWithin(use, 'weekly', now),
      monthly: usedWithin(use, 'monthly', now),
      reserved,
    };
  }

  entries(account: string, afterSeq = 0, limit = 1_000): Promise<readonly LedgerEntry[]> {
    return this.#books.entries(account, afterSeq, limit);
  }

  renewOwner(): Promise<void> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async sweep(): Promise<void> {
    this.#assertOpen();
    // First, lest a process that slept through its own lease sweeps what it still runs.
    await this.renewOwner();
    await sweepBooks(this.#books, this.#committer);
  }

  async start(): Promise<void> {
    this.#assertOpen();
    await this.renewOwner();
    await this.sweep();
    this.#heartbeat.start();
    this.#sweeper.start();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#sweeper.stop();
    await this.#committer.idle();
    await this.#heartbeat.stop();
    await this.#books.dropOwner(this.#owner);
  }

  async #renew(): Promise<void> {
    const at = this.#books.now();
    await this.#books.renewOwner(this.#owner, this.#leaseMs);
    this.#renewedAt = at;
  }

  #assertOpen(): void {
    if (this.#closed) throw new LedgerClosedError();
  }
}

function assertAmount(amount: Nanos): void {
  if (amount <= 0n || amount > MAX_AMOUNT) throw new RangeError(`Not an amount to book: ${amount}.`);
}
