import { describe, expect, it } from 'vitest';
import { draft, generation } from './fixtures.ts';
import { TEST_NOW, type LedgerBench } from './ledger-suite.ts';

const account = 'acc-1';

/** What entries say of themselves, and what is told of the balance they make. */
export function entryRules(use: () => LedgerBench): void {
  describe('an entry', () => {
    it('says what it is for, and is a top-up or a refund where nothing was said', async () => {
      const { ledger } = use();
      const entry = { account, amount: 10n };
      await ledger.credit({ ...entry, entryId: 'paid' });
      await ledger.credit({ ...entry, entryId: 'given', kind: 'grant', note: 'by ops' });
      await ledger.debit({ ...entry, entryId: 'back', amount: 4n });
      await ledger.debit({ ...entry, entryId: 'withdrawn', kind: 'dispute' });
      await ledger.credit({ ...entry, entryId: 'reinstated', kind: 'dispute' });
      await ledger.credit({ ...entry, entryId: 'called-off', amount: 4n, kind: 'refund' });
      await ledger.debit({ ...entry, entryId: 'taken', amount: 20n, kind: 'grant', upTo: true });
      expect(
        (await ledger.entries(account)).map(({ id, kind, amount, note }) => [id, kind, amount, note]),
      ).toEqual([
        ['paid', 'top_up', 10n, null],
        ['given', 'grant', 10n, 'by ops'],
        ['back', 'refund', -4n, null],
        ['withdrawn', 'dispute', -10n, null],
        ['reinstated', 'dispute', 10n, null],
        ['called-off', 'refund', 4n, null],
        ['taken', 'grant', -20n, null],
      ]);
      await use().check(account);
    });

    it('is in the history, newest first and page by page, where charges are not', async () => {
      const { ledger } = use();
      await ledger.credit({ entryId: 'a', account, amount: 100n });
      for (const id of ['g1', 'g2']) {
        await ledger.reserve({ id, account, key: 'k', amount: 10n, draft: draft(id, account) });
        await ledger.settle(id, generation(id, account, { cost: 7n }));
      }
      await ledger.debit({ entryId: 'b', account, amount: 5n });
      await ledger.settle('late', generation('late', account, { cost: 3n }));
      await ledger.credit({ entryId: 'c', account, amount: 1n, kind: 'grant' });
      await ledger.credit({ entryId: 'other', account: 'acc-2', amount: 1n });
      const all = await ledger.history(account);
      expect(all.map(({ id, kind, amount }) => [id, kind, amount])).toEqual([
        ['c', 'grant', 1n],
        ['adjust:late', 'adjustment', -3n],
        ['b', 'refund', -5n],
        ['a', 'top_up', 100n],
      ]);
      const first = await ledger.history(account, { limit: 2 });
      expect(first).toEqual(all.slice(0, 2));
      const second = await ledger.history(account, { before: first.at(-1)?.seq, limit: 2 });
      expect(second).toEqual(all.slice(2));
      expect(await ledger.history(account, { before: second.at(-1)?.seq })).toEqual([]);
      expect(await ledger.history('nobody')).toEqual([]);
    });
  });

  describe('a statement', () => {
    it('shows what is left of each lot, the oldest spent first', async () => {
      const { ledger } = use();
      expect(await ledger.statement(account)).toMatchObject({ balance: 0n, lots: [] });
      await ledger.credit({ entryId: 'a', account, amount: 10n, expiresAt: TEST_NOW + 1_000 });
      await ledger.credit({ entryId: 'b', account, amount: 20n, expiresAt: null });
      await ledger.reserve({ id: 'g', account, key: 'k', amount: 12n, draft: draft('g', account) });
      expect(await ledger.statement(account)).toMatchObject({
        balance: 30n,
        available: 18n,
        lots: [
          { id: 'a', amount: 10n, left: 10n, expiresAt: TEST_NOW + 1_000 },
          { id: 'b', amount: 20n, left: 20n, expiresAt: null },
        ],
      });
      await ledger.settle('g', generation('g', account, { cost: 4n }));
      expect((await ledger.statement(account)).lots.map(({ left }) => left)).toEqual([6n, 20n]);
      use().clock.now = TEST_NOW + 1_000;
      await ledger.sweep();
      expect(await ledger.statement(account)).toMatchObject({ balance: 20n, lots: [{ id: 'b', left: 20n }] });
      await ledger.settle('overrun', generation('overrun', account, { cost: 25n }));
      expect(await ledger.statement(account)).toMatchObject({ balance: -5n, lots: [{ left: 0n }] });
      await use().check(account);
    });
  });

  describe('a balance', () => {
    it('can be had of all accounts together', async () => {
      const { ledger } = use();
      const nothing = { balance: 0n, reserved: 0n, available: 0n, totalCredits: 0n, totalUsage: 0n };
      expect(await ledger.totals()).toEqual(nothing);
      await ledger.credit({ entryId: 'a', account, amount: 2n ** 53n });
      await ledger.credit({ entryId: 'b', account: 'acc-2', amount: 2n ** 53n + 1n });
      await ledger.settle('g', generation('g', account, { cost: 7n }));
      await ledger.reserve({ id: 'h', account, key: 'k', amount: 5n, draft: draft('h', account) });
      expect(await ledger.totals()).toEqual({
        balance: 2n ** 54n - 6n,
        reserved: 5n,
        available: 2n ** 54n - 11n,
        totalCredits: 2n ** 54n + 1n,
        totalUsage: 7n,
      });
    });

    it('is told of whenever this process has changed it, and to nobody who left', async () => {
      const { ledger } = use();
      const told: unknown[] = [];
      const end = ledger.onBalance((change) => told.push(change));
      const mute = ledger.onBalance(() => told.push('mute'));
      mute();
      await ledger.credit({ entryId: 'a', account, amount: 10n });
      await ledger.reserve({ id: 'g', account, key: 'k', amount: 6n, draft: draft('g', account) });
      await ledger.credit({ entryId: 'a', account, amount: 10n });
      await ledger.settle('g', generation('g', account, { cost: 4n }));
      expect(told).toEqual([
        { account, before: 0n, balance: 10n, available: 10n },
        { account, before: 10n, balance: 6n, available: 6n },
      ]);
      end();
      await ledger.debit({ entryId: 'b', account, amount: 1n });
      expect(told).toHaveLength(2);
    });
  });
}
