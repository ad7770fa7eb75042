import { randomUUID } from 'node:crypto';
import { warningLog, type Generation, type Log, type Nanos } from '@onerouter/core';
import { AccountCache } from './account-cache.ts';
import { balanceOf, keyUsageOf, statementOf } from './account-view.ts';
import { BalanceListeners } from './balance-listeners.ts';
import type { BookStore } from './book-store.ts';
import { Committer } from './committer.ts';
import type { Balance, BalanceListener, HistoryOptions, KeyUsage, Statement } from './ledger-views.ts';
import type { Booking, CreditRequest, DebitRequest } from './ledger.ts';
import type { Ledger, LedgerEntry, ReservationRequest } from './ledger.ts';
import { creditAct, debitAct, reserveAct } from './requests.ts';
import { Journal } from './journal.ts';
import { LedgerClosedError } from './ledger-errors.ts';
import {
  CACHED_ACCOUNTS,
  CREDIT_LIFE_MS,
  HEARTBEAT_MS,
  HISTORY_PAGE,
  LEASE_MS,
  MAX_AMOUNT,
  MAX_OPEN,
  SWEEP_MS,
  type LedgerOptions,
} from './ledger-options.ts';
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
  readonly #listeners: BalanceListeners;
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
    this.#listeners = new BalanceListeners(log);
    this.#committer = new Committer(books, {
      accounts,
      log,
      journal: this.#journal,
      listeners: this.#listeners,
    });
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
    this.#assertOpen();
    const act = reserveAct(request, this.#owner);
    // Without a lease the reservation would be any sweeper's at once.
    if (this.#books.now() - this.#renewedAt > this.#leaseMs / 2) await this.renewOwner();
    await this.#committer.add(request.account, act);
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
    this.#assertOpen();
    const life = this.#creditLifeMs;
    return this.#committer.add(
      request.account,
      creditAct(request, life === null ? null : this.#books.now() + life),
    );
  }

  async debit(request: DebitRequest): Promise<Booking> {
    this.#assertOpen();
    return this.#committer.add(request.account, debitAct(request));
  }

  async balance(account: string): Promise<Balance> {
    return balanceOf(await this.#books.load(account));
  }

  async statement(account: string): Promise<Statement> {
    return statementOf(await this.#books.load(account));
  }

  async totals(): Promise<Balance> {
    return balanceOf(await this.#books.totals());
  }

  async keyUsage(account: string, key: string): Promise<KeyUsage> {
    return keyUsageOf(await this.#books.load(account), key, this.#books.now());
  }

  entries(account: string, afterSeq = 0, limit = 1_000): Promise<readonly LedgerEntry[]> {
    return this.#books.entries(account, afterSeq, limit);
  }

  history(account: string, options: HistoryOptions = {}): Promise<readonly LedgerEntry[]> {
    const { before = Number.MAX_SAFE_INTEGER, limit = HISTORY_PAGE } = options;
    return this.#books.history(account, before, limit);
  }

  async booked(account: string, entryIds: readonly string[]): Promise<ReadonlyMap<string, Nanos>> {
    const found = await this.#books.lookup(account, entryIds);
    const own = [...found].filter(([, booked]) => booked.account === account);
    return new Map(own.map(([id, { amount }]) => [id, amount]));
  }

  onBalance(listener: BalanceListener): () => void {
    return this.#listeners.add(listener);
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
