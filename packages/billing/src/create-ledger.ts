import { randomUUID } from 'node:crypto';
import { warningLog, type Generation, type Log, type Nanos } from '@onerouter/core';
import { AccountCache } from './account-cache.ts';
import type { ReserveAct } from './act.ts';
import type { BookStore } from './book-store.ts';
import { Committer } from './committer.ts';
import type { Balance, Booking, KeyUsage, Ledger } from './ledger.ts';
import type { CreditRequest, DebitRequest, LedgerEntry, ReservationRequest } from './ledger.ts';
import { Journal } from './journal.ts';
import { LedgerClosedError } from './ledger-errors.ts';
import {
  CACHED_ACCOUNTS,
  CREDIT_LIFE_MS,
  HEARTBEAT_MS,
  LEASE_MS,
  MAX_AMOUNT,
  MAX_OPEN,
  SWEEP_MS,
  type LedgerOptions,
} from './ledger-options.ts';
import { usedWithin } from './periods.ts';
import { Repeater } from './repeater.ts';
import { sweepBooks } from './sweep-books.ts';

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
  readonly #log: Log;
  readonly #journal: Journal | undefined;
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
    this.#log = log;
    if (options.journalPath !== undefined) {
      this.#journal = new Journal(options.journalPath, { deadAfterMs: this.#leaseMs, log });
    }
    const accounts = new AccountCache(books, { maxOpen, cachedAccounts });
    this.#committer = new Committer(books, accounts, log, this.#journal);
    this.#heartbeat = new Repeater(
      async () => {
        // The journal first: it is for the time when the store cannot be reached.
        await this.#journal?.touch();
        await this.renewOwner();
      },
      this.#heartbeatMs,
      (err) => log.error({ err }, 'The ledger could not renew its lease.'),
    );
    this.#sweeper = new Repeater(
      async () => {
        await this.#takeOverJournals().catch((err: unknown) => {
          log.error({ err }, 'The ledger could not read the journals of others.');
        });
        await this.sweep();
      },
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
    const { entryId: id, account, amount, kind: entryKind = 'top_up', note = null } = request;
    this.#assertOpen();
    assertAmount(amount);
    const life = this.#creditLifeMs;
    const fallback = life === null ? null : this.#books.now() + life;
    const expiresAt = request.expiresAt === undefined ? fallback : request.expiresAt;
    return this.#committer.add(account, { kind: 'credit', id, amount, entryKind, expiresAt, note });
  }

  async debit(request: DebitRequest): Promise<Booking> {
    const { entryId: id, account, amount, kind: entryKind = 'refund', upTo = false, note = null } = request;
    this.#assertOpen();
    assertAmount(amount);
    return this.#committer.add(account, { kind: 'debit', id, amount, entryKind, upTo, note });
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

  async booked(account: string, entryIds: readonly string[]): Promise<ReadonlyMap<string, Nanos>> {
    const found = await this.#books.lookup(account, entryIds);
    const own = [...found].filter(([, booked]) => booked.account === account);
    return new Map(own.map(([id, { amount }]) => [id, amount]));
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
    // Before the sweep, which would end without a charge what the journal knows the cost of.
    for (const record of (await this.#journal?.ofOthers()) ?? []) this.#committer.repeat(record, false);
    await this.#takeOverJournals();
    await this.sweep();
    this.#heartbeat.start();
    this.#sweeper.start();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#sweeper.stop();
    await this.#committer.close();
    await this.#heartbeat.stop();
    await this.#journal?.close();
    await this.#books.dropOwner(this.#owner).catch((err: unknown) => {
      this.#log.warn({ err }, 'The ledger could not end its lease, which runs out by itself.');
    });
  }

  async #takeOverJournals(): Promise<void> {
    for (const record of (await this.#journal?.takeOver()) ?? []) this.#committer.repeat(record, true);
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
