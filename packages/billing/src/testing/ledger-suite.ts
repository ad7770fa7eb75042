import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BookStore } from '../book-store.ts';
import { createLedger } from '../create-ledger.ts';
import type { LedgerOptions } from '../ledger-options.ts';
import type { Ledger } from '../ledger.ts';
import { verifyLedger } from '../verify-ledger.ts';
import type { LedgerSource } from '../verify-source.ts';
import { accountRules } from './account-rules.ts';
import { entryRules } from './entry-rules.ts';
import { keyRules } from './key-rules.ts';
import { ledgerModel } from './ledger-model.ts';
import { lifeRules } from './life-rules.ts';
import { lotRules } from './lot-rules.ts';

/** A fresh, empty store of books. */
export interface MadeBooks {
  readonly books: BookStore;
  /**
   * The same store as another process opens it: nothing in memory is shared. An adapter without processes returns the
   * same books.
   */
  another(): Promise<BookStore>;
  /** For stores whose ledger can be verified: then every check of the suite does it, too. */
  readonly source?: LedgerSource;
  close?(): Promise<void>;
}

/** A clock that a test sets. */
export interface TestClock {
  now: number;
}

/** What each test of the suite works with. */
export interface LedgerBench {
  readonly books: BookStore;
  readonly ledger: Ledger;
  readonly clock: TestClock;
  /** Another process on the same store. */
  another(options?: LedgerOptions): Promise<Ledger>;
  /** Compares the account's balance with the sum of its entries, and its reserved with its open reservations. */
  check(account: string): Promise<void>;
}

/** Wednesday, 2026-09-23 12:00 UTC. */
export const TEST_NOW: number = Date.UTC(2026, 8, 23, 12);

/**
 * The exam of a store of books, taken through a ledger: acts, limits, expiry, dead processes, and any interleaving of
 * them by several processes against a model.
 *
 * @param name of the adapter
 * @param makeBooks an empty store for each test; its `now()` must be `() => clock.now`
 */
export function ledgerSuite(name: string, makeBooks: (clock: TestClock) => Promise<MadeBooks>): void {
  describe(`${name} keeps the ledger`, () => {
    let made: MadeBooks;
    let ledgers: Ledger[];
    let bench: LedgerBench;
    const clock: TestClock = { now: TEST_NOW };

    beforeEach(async () => {
      clock.now = TEST_NOW;
      made = await makeBooks(clock);
      const ledger = createLedger(made.books);
      ledgers = [ledger];
      bench = {
        books: made.books,
        ledger,
        clock,
        async another(options) {
          const other = createLedger(await made.another(), options);
          ledgers.push(other);
          return other;
        },
        async check(account) {
          await checkBooks(made.books, account);
          await checkLedger(made);
        },
      };
    });
    afterEach(async () => {
      await Promise.all(ledgers.map((ledger) => ledger.close()));
      await made.close?.();
    });

    const use = (): LedgerBench => bench;
    accountRules(use);
    entryRules(use);
    keyRules(use);
    lotRules(use);
    lifeRules(use);
    it('holds against a model in any interleaving of acts and processes', async () => {
      await ledgerModel(makeBooks);
    }, 60_000);
  });
}

/** Asserts that a store's ledger adds up, where it can be verified. */
export async function checkLedger({ source }: MadeBooks): Promise<void> {
  if (!source) return;
  const { differences } = await verifyLedger(source);
  // A reservation that comes after its own settlement stays open: no gateway makes one, but the suite's acts do.
  expect(differences.filter(({ kind }) => kind !== 'reservation')).toEqual([]);
}

/** Asserts that an account's entries add up to its balance, and its reservations to what is reserved. */
export async function checkBooks(books: BookStore, account: string): Promise<void> {
  const book = await books.load(account);
  const entries = await books.entries(account, 0, Number.MAX_SAFE_INTEGER);
  expect(sum(entries.map(({ amount }) => amount))).toBe(book.balance);
  expect(sum(book.open.map(({ amount }) => amount))).toBe(book.reserved);
  const charged = entries.filter(({ kind }) => kind === 'charge' || kind === 'adjustment');
  expect(-sum(charged.map(({ amount }) => amount))).toBe(book.spent);
  const seqs = entries.map(({ seq }) => seq);
  expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
