import type { Log } from '@onerouter/core';
import { COMMITTED, DURABLE, LATEST } from './concerns.ts';
import { raw, type Models } from './models.ts';
import { copyItems } from './outbox-copy.ts';
import { applyRollups } from './rollups.ts';
import type { BookDoc, OutboxItem } from './schemas/book.ts';
import type { StoreClock } from './server-clock.ts';

/** Items that are copied at once. */
export const OUTBOX_PAGE = 1_000;
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
  readonly #waiting = new Map<string, number>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(models: Models, clock: StoreClock, log: Log) {
    this.#models = models;
    this.#clock = clock;
    this.#log = log;
  }

  async room(account: string): Promise<void> {
    if ((this.#waiting.get(account) ?? 0) >= OUTBOX_LIMIT) await this.#empty(account);
  }

  added(account: string, items: number): void {
    this.#waiting.set(account, (this.#waiting.get(account) ?? 0) + items);
    void this.#emptyOrLeave(account);
  }

  async sweep(): Promise<void> {
    const left = await raw(this.#models.books)
      .find(
        { pendingAt: { $lte: new Date(this.#clock.now() - OUTBOX_LEFT_MS) } },
        { ...LATEST, projection: { _id: 1 }, limit: OUTBOX_PAGE },
      )
      .toArray();
    for (const { _id } of left) await this.#emptyOrLeave(_id);
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running.values());
  }

  /** What cannot be copied now is done after the next commit, or by any process's sweeper. */
  async #emptyOrLeave(account: string): Promise<void> {
    try {
      await this.#empty(account);
    } catch (err) {
      this.#log.warn({ err, account }, 'Booked acts could not be copied yet; the sweeper will.');
    }
  }

  #empty(account: string): Promise<void> {
    const running = this.#running.get(account);
    if (running) return running;
    const emptying = this.#passes(account).finally(() => this.#running.delete(account));
    this.#running.set(account, emptying);
    return emptying;
  }

  async #passes(account: string): Promise<void> {
    while (!(await this.#pass(account)));
  }

  /** @returns whether this process has nothing more to do */
  async #pass(account: string): Promise<boolean> {
    const counted = this.#waiting.get(account) ?? 0;
    // What was added so far is what will be read; what is added from here on needs another pass.
    this.#waiting.delete(account);
    try {
      const items = await this.#read(account);
      await Promise.all([
        copyItems(this.#models, account, items),
        applyRollups(this.#models, account, items),
      ]);
      const last = items.at(-1)?.seq ?? 0;
      if (items.length === OUTBOX_PAGE) {
        // The page may end between two items of one act.
        await this.#pull(account, last - 1);
        return false;
      }
      // While commits go on there is more already, and to ask for an empty outbox would be in vain.
      const cleared = !this.#waiting.has(account) && (await this.#clear(account, last));
      if (!cleared) await this.#pull(account, last);
      return !this.#waiting.has(account);
    } catch (error) {
      this.#waiting.set(account, counted + (this.#waiting.get(account) ?? 0));
      throw error;
    }
  }

  /** Only what cannot be rolled back: a copy of something that never was could not be taken back. */
  async #read(account: string): Promise<readonly OutboxItem[]> {
    const book = await raw(this.#models.books).findOne<Pick<BookDoc, 'outbox'>>(
      { _id: account },
      {
        ...COMMITTED,
        projection: { outbox: { $slice: OUTBOX_PAGE }, lots: 0, open: 0, keyUse: 0, owners: 0 },
      },
    );
    return book?.outbox ?? [];
  }

  /** Takes everything out, if nothing has come since. */
  async #clear(account: string, last: number): Promise<boolean> {
    const { matchedCount } = await raw(this.#models.books).updateOne(
      { _id: account, 'outbox.seq': { $not: { $gt: last } } },
      { $set: { outbox: [] }, $unset: { pendingAt: '' } },
      DURABLE,
    );
    return matchedCount === 1;
  }

  async #pull(account: string, last: number): Promise<void> {
    await raw(this.#models.books).updateOne(
      { _id: account },
      { $pull: { outbox: { seq: { $lte: last } } }, $set: { pendingAt: new Date(this.#clock.now()) } },
      DURABLE,
    );
  }
}
