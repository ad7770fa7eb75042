import { describe, expect, it } from 'vitest';
import type { BookStore } from './book-store.ts';
import { createLedger } from './create-ledger.ts';
import { createMemoryBooks } from './memory-books.ts';
import { draft, generation } from './testing/fixtures.ts';

const account = 'acc-1';
const log = { warn() {}, error() {} };

/** Books whose commits fail while told so; with `lost`, they are written and only the answer fails. */
function shaky(): { books: BookStore; mode: { fails: number; lost: boolean } } {
  const real = createMemoryBooks();
  const mode = { fails: 0, lost: false };
  const books: BookStore = {
    now: () => real.now(),
    load: (account) => real.load(account),
    seq: (account) => real.seq(account),
    lookup: (account, ids) => real.lookup(account, ids),
    entries: (account, afterSeq, limit) => real.entries(account, afterSeq, limit),
    history: (account, beforeSeq, limit) => real.history(account, beforeSeq, limit),
    totals: () => real.totals(),
    renewOwner: (owner, leaseMs) => real.renewOwner(owner, leaseMs),
    dropOwner: (owner) => real.dropOwner(owner),
    orphans: (limit) => real.orphans(limit),
    expiring: (before, limit) => real.expiring(before, limit),
    async commit(changes) {
      if (mode.fails === 0) return real.commit(changes);
      mode.fails -= 1;
      if (mode.lost) await real.commit(changes);
      throw new Error('connection lost');
    },
  };
  return { books, mode };
}

describe('with the store away', () => {
  it('a settlement is tried again until it commits, and close() waits for it', async () => {
    const { books, mode } = shaky();
    const ledger = createLedger(books, { log });
    await ledger.credit({ entryId: 'pay', account, amount: 10n });
    await ledger.reserve({ id: 'g1', account, key: 'k', amount: 5n, draft: draft('g1', account) });
    mode.fails = 3;
    const settled = ledger.settle('g1', generation('g1', account, { cost: 4n }));
    await ledger.close();
    await settled;
    expect(await ledger.balance(account)).toMatchObject({ balance: 6n, reserved: 0n });
  });

  it('a settlement whose commit happened but was not answered charges once', async () => {
    const { books, mode } = shaky();
    const ledger = createLedger(books, { log });
    await ledger.credit({ entryId: 'pay', account, amount: 10n });
    await ledger.reserve({ id: 'g1', account, key: 'k', amount: 5n, draft: draft('g1', account) });
    Object.assign(mode, { fails: 1, lost: true });
    await ledger.settle('g1', generation('g1', account, { cost: 4n }));
    expect(await ledger.balance(account)).toMatchObject({ balance: 6n, reserved: 0n });
    await ledger.close();
  });

  it('a reservation is refused, and does not stay although its commit had happened', async () => {
    const { books, mode } = shaky();
    const ledger = createLedger(books, { log });
    await ledger.credit({ entryId: 'pay', account, amount: 10n });
    Object.assign(mode, { fails: 1, lost: true });
    const asked = ledger.reserve({ id: 'g1', account, key: 'k', amount: 5n, draft: draft('g1', account) });
    await expect(asked).rejects.toThrow('connection lost');
    await ledger.close();
    expect((await ledger.balance(account)).reserved).toBe(0n);
  });

  it('a credit fails, and can be repeated under its id', async () => {
    const { books, mode } = shaky();
    const ledger = createLedger(books, { log });
    Object.assign(mode, { fails: 1, lost: true });
    const credit = (): Promise<unknown> => ledger.credit({ entryId: 'pay', account, amount: 10n });
    await expect(credit()).rejects.toThrow('connection lost');
    await credit();
    expect((await ledger.balance(account)).balance).toBe(10n);
    await ledger.close();
  });
});
