import type { Nanos } from '@onerouter/core';
import { LRUCache } from 'lru-cache';
import { WorkingAccount, type StateChange } from './account-state.ts';
import type { Act } from './act.ts';
import type { AccountChange, Booked, BookStore } from './book-store.ts';
import { foldExpiry } from './fold-entry.ts';
import { fold, needsLookup } from './fold.ts';
import type { Booking } from './ledger.ts';

/** An act that waits for its commit. */
export interface Waiting {
  readonly account: string;
  readonly act: Act;
  /** How often its commit was refused. */
  tries: number;
  /** Whether it is in the journal, and so has been answered: nobody waits for it any more. */
  journaled: boolean;
  committed?: boolean;
  resolve(booking: Booking): void;
  reject(error: unknown): void;
}

/** Acts of one account, folded and ready to commit. */
export interface Prepared {
  readonly account: string;
  readonly waiting: readonly Waiting[];
  /** What each act came to, in order. */
  readonly answers: readonly (Booking | Error)[];
  /** The balance in front of them. */
  readonly before: Nanos;
  /** `undefined` when the acts change nothing. */
  readonly change: AccountChange | undefined;
}

/** Accounts as they were at their last commit, and acts folded over them. */
export class AccountCache {
  readonly #books: BookStore;
  readonly #maxOpen: number;
  readonly #accounts: LRUCache<string, WorkingAccount>;

  constructor(books: BookStore, options: { readonly maxOpen: number; readonly cachedAccounts: number }) {
    this.#books = books;
    this.#maxOpen = options.maxOpen;
    this.#accounts = new LRUCache({ max: options.cachedAccounts });
  }

  /** Drops what is known of an account; the next fold loads it. */
  forget(account: string): void {
    this.#accounts.delete(account);
  }

  /**
   * Folds acts over the account as it was last seen, without reading anything; `undefined` when that cannot be.
   *
   * Memory may be out of date where several processes share a store. A change is safe all the same, since its commit is
   * conditional; the answer of acts that change nothing counts only if {@link isCurrent} says so.
   */
  fromMemory(account: string, waiting: readonly Waiting[]): Prepared | undefined {
    const state = this.#accounts.get(account);
    if (!state || this.#wanted(state, waiting).length > 0) return undefined;
    return this.#fold(state, waiting, new Map());
  }

  /** Whether no other process has changed the account since it was last seen here. */
  async isCurrent(account: string): Promise<boolean> {
    return this.#accounts.get(account)?.seq === (await this.#books.seq(account));
  }

  /** Folds acts over a fresh read. */
  async fromStore(account: string, waiting: readonly Waiting[]): Promise<Prepared> {
    this.forget(account);
    const state = new WorkingAccount(await this.#books.load(account));
    const wanted = this.#wanted(state, waiting);
    const known = wanted.length === 0 ? new Map<string, Booked>() : await this.#books.lookup(account, wanted);
    this.#accounts.set(account, state);
    return this.#fold(state, waiting, known);
  }

  #wanted(state: WorkingAccount, waiting: readonly Waiting[]): readonly string[] {
    const ids: string[] = [];
    for (const { act, tries } of waiting) if (needsLookup(state, act, tries > 0)) ids.push(act.id);
    return ids;
  }

  #fold(state: WorkingAccount, waiting: readonly Waiting[], looked: ReadonlyMap<string, Booked>): Prepared {
    const known = new Map(looked);
    const before = state.balance;
    const context = { now: this.#books.now(), known, maxOpen: this.#maxOpen };
    const answers = waiting.map(({ act }) => {
      for (let due = foldExpiry(state, context.now); due; due = foldExpiry(state, context.now)) {
        state.apply(due);
      }
      const folded = fold(state, act, context);
      if (folded.refused) return folded.refused;
      if (folded.change) {
        state.apply(folded.change);
        note(known, state.account, folded.change);
      }
      return folded.booking;
    });
    return { account: state.account, waiting, answers, before, change: state.take() };
  }
}

/** Acts of one commit see what those before them booked. */
function note(known: Map<string, Booked>, account: string, change: StateChange): void {
  const { entry, generation } = change;
  if (entry) known.set(entry.id, { account, amount: entry.amount, final: true });
  if (generation) {
    known.set(generation.generation.id, { account, amount: -generation.charge, final: generation.final });
  }
}
