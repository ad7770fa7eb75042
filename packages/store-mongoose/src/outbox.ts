import type { Log } from '@onerouter/core';
import { COMMITTED, LATEST } from './concerns.ts';
import { raw, type Models } from './models.ts';
import { copyItems } from './outbox-copy.ts';
import { applyRollups } from './rollups.ts';
import type { StoreClock } from './server-clock.ts';
import { takeOut, type OutboxOf } from './take-out.ts';

/** Items of one account that are copied at once. */
export const OUTBOX_PAGE = 1_000;
/** Accounts whose items are copied at once. */
export const OUTBOX_ACCOUNTS = 100;
/** Items of one account that may wait in this process; beyond them commits wait for the copying, to bound the book. */
export const OUTBOX_LIMIT = 2_000;
/** What has waited for this long was left by a process that died, or could not be copied. */
export const OUTBOX_LEFT_MS = 5_000;

/** Takes what acts booked out of the accounts' documents, to where it is listed and summed up. */
export interface Outbox {
  /** Resolves when another commit of the account may put more into it. */
  room(account: string): Promise<void>;
  /** A commit put items into it. */
  added(account: string, items: number): void;
  /** Does what has been left, for example by processes that died. */
  sweep(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** Copies, adds up, and only then takes out. Each step may be repeated, by any process, after any crash. */
export class CopyingOutbox implements Outbox {
  readonly #models: Models;
  readonly #clock: StoreClock;
  readonly #log: Log;
  /** Items of each account that this process has added, to be copied. */
  readonly #waiting = new Map<string, number>();
  /** Those of them that are being copied. */
  #copying: ReadonlyMap<string, number> = new Map();
  #pass: Promise<void> = Promise.resolve();
  #running: Promise<void> | undefined;

  constructor(models: Models, clock: StoreClock, log: Log) {
    this.#models = models;
    this.#clock = clock;
    this.#log = log;
  }

  async room(account: string): Promise<void> {
    while ((this.#waiting.get(account) ?? 0) + (this.#copying.get(account) ?? 0) >= OUTBOX_LIMIT) {
      this.#runOrLeave();
      // Not until all is done: while other accounts go on booking, that never comes.
      await this.#pass;
    }
  }

  added(account: string, items: number): void {
    this.#add(account, items);
    this.#runOrLeave();
  }

  async sweep(): Promise<void> {
    const left = await raw(this.#models.books)
      .find(
        { pendingAt: { $lte: new Date(this.#clock.now() - OUTBOX_LEFT_MS) } },
        { ...LATEST, projection: { _id: 1 }, limit: OUTBOX_PAGE },
      )
      .toArray();
    for (const { _id: account } of left) {
      try {
        while (!(await this.#copy([account])));
      } catch (err) {
        this.#log.warn({ err, account }, 'Booked acts of an account could not be copied.');
      }
    }
  }

  async idle(): Promise<void> {
    while (this.#running) await this.#running.catch(() => {});
  }

  /** What cannot be copied now is, after the next commit or by any process's sweeper. */
  #runOrLeave(): void {
    this.#running ??= this.#passes();
    this.#running.catch(() => {});
  }

  async #passes(): Promise<void> {
    try {
      while (this.#waiting.size > 0) {
        this.#pass = this.#passBatch();
        await this.#pass;
      }
    } catch (err) {
      this.#log.warn({ err }, 'Booked acts could not be copied yet; the sweeper will.');
      throw err;
    } finally {
      // In the same step as the last look at what waits, so that nothing can be added in between and be forgotten.
      this.#running = undefined;
    }
  }

  async #passBatch(): Promise<void> {
    const batch = new Map([...this.#waiting].slice(0, OUTBOX_ACCOUNTS));
    // What was added so far is what will be read; what is added from here on needs another pass.
    for (const account of batch.keys()) this.#waiting.delete(account);
    this.#copying = batch;
    try {
      const emptied = await this.#copy([...batch.keys()]);
      if (!emptied) for (const account of batch.keys()) this.#add(account, 0);
    } catch (error) {
      for (const [account, items] of batch) this.#add(account, items);
      throw error;
    } finally {
      this.#copying = new Map();
    }
  }

  #add(account: string, items: number): void {
    this.#waiting.set(account, (this.#waiting.get(account) ?? 0) + items);
  }

  /** @returns false when there were more items than a pass takes */
  async #copy(accounts: readonly string[]): Promise<boolean> {
    const books = await this.#read(accounts);
    const items = books.flatMap(({ _id: account, outbox }) => outbox.map((item) => ({ account, ...item })));
    await Promise.all([copyItems(this.#models, items), applyRollups(this.#models, items)]);
    await takeOut(this.#models, books, OUTBOX_PAGE, this.#clock.now());
    return books.every(({ outbox }) => outbox.length < OUTBOX_PAGE);
  }

  /** Only what cannot be rolled back: a copy of something that never was could not be taken back. */
  #read(accounts: readonly string[]): Promise<readonly OutboxOf[]> {
    return raw(this.#models.books)
      .find<OutboxOf>(
        { _id: { $in: accounts } },
        {
          ...COMMITTED,
          projection: { outbox: { $slice: OUTBOX_PAGE }, lots: 0, open: 0, keyUse: 0, owners: 0 },
        },
      )
      .toArray();
  }
}
