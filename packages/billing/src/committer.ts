import type { Log } from '@onerouter/core';
import type { Act } from './act.ts';
import type { AccountCache, Prepared, Waiting } from './account-cache.ts';
import type { BalanceListeners } from './balance-listeners.ts';
import type { BookStore } from './book-store.ts';
import type { Journal } from './journal.ts';
import type { JournalRecord } from './journal-record.ts';
import type { Booking } from './ledger.ts';
import { byAccount, isLasting, type LastingAct } from './waiting-acts.ts';

/** Acts that go into one commit at most, so that a burst does not hold the event loop for longer than some milliseconds. */
export const MAX_ACTS_PER_COMMIT = 512;
/** Turns of the event loop that a commit waits for others to share it, while others keep coming. */
export const MAX_TURNS = 4;
/** First wait before an act whose commit was refused is tried again; it doubles up to {@link RETRY_MAX_MS}. */
export const RETRY_MS = 100;
export const RETRY_MAX_MS = 5_000;

export interface CommitterOptions {
  readonly accounts: AccountCache;
  readonly log: Log;
  readonly journal: Journal | undefined;
  readonly listeners: BalanceListeners;
}

/**
 * Folds what waits into commits, one at a time: all acts that arrive in one turn of the event loop, or while a commit
 * runs, share the next. Under load that turns thousands of durable writes into a few.
 */
export class Committer {
  readonly #books: BookStore;
  readonly #accounts: AccountCache;
  readonly #log: Log;
  readonly #journal: Journal | undefined;
  readonly #listeners: BalanceListeners;
  #waiting: Waiting[] = [];
  #rounds: Promise<void> | undefined;
  #pending = 0;
  #idle: (() => void)[] = [];
  #closed = false;

  constructor(books: BookStore, options: CommitterOptions) {
    this.#books = books;
    this.#accounts = options.accounts;
    this.#log = options.log;
    this.#journal = options.journal;
    this.#listeners = options.listeners;
  }

  /** Resolves once the act is committed; rejects with its refusal, or, unless it must happen, with the store's error. */
  add(account: string, act: Act): Promise<Booking> {
    return new Promise((resolve, reject) => {
      this.#pending += 1;
      this.#enqueue({ account, act, tries: 0, journaled: false, resolve, reject });
    });
  }

  /** Does an act of a journal. @param kept whether it is in this process's own */
  repeat({ account, act }: JournalRecord, kept: boolean): void {
    if (!kept) void this.add(account, act);
    else this.#enqueue({ account, act, tries: 0, journaled: true, resolve: ignore, reject: ignore });
  }

  /** Resolves when nothing waits, retries included, but for what is in the journal; that is left to the next start. */
  async close(): Promise<void> {
    if (this.#pending > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#closed = true;
    await this.#rounds;
  }

  #enqueue(waiting: Waiting): void {
    if (this.#closed) return;
    this.#waiting.push(waiting);
    this.#schedule();
  }

  #schedule(): void {
    this.#rounds ??= this.#commitAll();
  }

  async #commitAll(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#closed) {
      await this.#gather();
      await this.#commitWaiting();
    }
    this.#rounds = undefined;
  }

  /** Waits for a turn of the event loop, and for some more as long as each brings company. */
  async #gather(): Promise<void> {
    for (let turn = 0, before = 0; turn < MAX_TURNS && this.#waiting.length > before; turn += 1) {
      before = turn === 0 ? 1 : this.#waiting.length;
      await new Promise(setImmediate);
    }
  }

  async #commitWaiting(): Promise<void> {
    const batch =
      this.#waiting.length > MAX_ACTS_PER_COMMIT
        ? this.#waiting.splice(0, MAX_ACTS_PER_COMMIT)
        : this.#waiting;
    if (batch === this.#waiting) this.#waiting = [];
    const together: Prepared[] = [];
    const alone: Prepared[] = [];
    for (const [account, waiting] of byAccount(batch)) {
      try {
        let prepared = this.#accounts.fromMemory(account, waiting);
        if (prepared && !prepared.change && !(await this.#accounts.isCurrent(account))) prepared = undefined;
        prepared ??= await this.#accounts.fromStore(account, waiting);
        // What was refused before is committed by itself, so that one account cannot keep the others from theirs.
        (waiting.some(({ tries }) => tries > 0) ? alone : together).push(prepared);
      } catch (error) {
        this.#fail(account, waiting, error, false);
      }
    }
    await this.#commit(together);
    for (const prepared of alone) await this.#commit([prepared]);
  }

  async #commit(prepared: readonly Prepared[]): Promise<void> {
    const changed = prepared.filter(({ change }) => change !== undefined);
    try {
      const results =
        changed.length === 0
          ? []
          : await this.#books.commit(changed.flatMap(({ change }) => (change ? [change] : [])));
      changed.forEach((one, at) => {
        if (results[at] === 'ok') this.#answer(one);
        else this.#refold(one);
      });
    } catch (error) {
      for (const { account, waiting } of changed) this.#fail(account, waiting, error, true);
    }
    for (const one of prepared) if (!one.change) this.#answer(one);
  }

  #answer(prepared: Prepared): void {
    const { waiting, answers } = prepared;
    waiting.forEach((one, at) => {
      const answer = answers[at];
      one.committed = true;
      if (one.journaled) {
        if (isLasting(one)) this.#journal?.drop(one);
        return;
      }
      if (answer === undefined || answer instanceof Error) one.reject(answer);
      else one.resolve(answer);
      this.#done();
    });
    this.#listeners.committed(prepared);
  }

  /** Another process was first: fold again over what it left, after a random pause when that keeps happening. */
  #refold({ account, waiting }: Prepared): void {
    this.#accounts.forget(account);
    for (const one of waiting) {
      one.tries += 1;
      if (one.tries < 3) this.#enqueue(one);
      else setTimeout(() => this.#enqueue(one), Math.random() * Math.min(2 ** one.tries, RETRY_MS));
    }
  }

  #fail(account: string, waiting: readonly Waiting[], error: unknown, sent: boolean): void {
    // The commit may have happened and only its answer been lost, so nothing that was known holds any more.
    this.#accounts.forget(account);
    for (const one of waiting) {
      const { act } = one;
      if (isLasting(one)) {
        if (one.tries === 0) {
          this.#log.error({ err: error, generation: act.id }, 'The store refused a settlement; trying on.');
        }
        const pauseMs = Math.min(RETRY_MS * 2 ** one.tries, RETRY_MAX_MS);
        one.tries += 1;
        setTimeout(() => this.#enqueue(one), pauseMs);
        if (this.#journal && !one.journaled) void this.#keep(this.#journal, one);
        continue;
      }
      one.reject(error);
      this.#done();
      // For the same reason a refused reservation may stand, and nobody will ever settle it.
      if (sent && act.kind === 'reserve') void this.add(account, { kind: 'release', id: act.id });
    }
  }

  /** What is in the journal will happen, so it is answered now: nobody has to wait until the store is back. */
  async #keep(journal: Journal, one: LastingAct): Promise<void> {
    try {
      await journal.keep(one);
    } catch (err) {
      this.#log.error(
        { err, generation: one.act.id },
        'A settlement could not be kept on the disk; trying on.',
      );
      return;
    }
    if (one.committed) {
      journal.drop(one);
      return;
    }
    if (one.journaled) return;
    one.journaled = true;
    one.resolve({ booked: 0n, balance: 0n });
    this.#done();
  }

  #done(): void {
    this.#pending -= 1;
    if (this.#pending > 0) return;
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }
}

function ignore(): void {}
