import { describe, expect, it } from 'vitest';
import { EntryMismatchError, InsufficientCreditsError, TooManyOpenError } from '../ledger-errors.ts';
import { draft, generation, usd } from './fixtures.ts';
import type { LedgerBench } from './ledger-suite.ts';

const account = 'acc-1';
const key = 'key-1';

/** Reserve, settle, release, credit and debit on one account. */
export function accountRules(use: () => LedgerBench): void {
  const credit = (amount: bigint, entryId = 'pay-1'): Promise<unknown> =>
    use().ledger.credit({ entryId, account, amount });
  const reserve = (id: string, amount: bigint): Promise<void> =>
    use().ledger.reserve({ id, account, key, amount, draft: draft(id, account) });
  const settle = (id: string, cost: bigint): Promise<void> =>
    use().ledger.settle(id, generation(id, account, { cost }));

  describe('an account', () => {
    it('starts with nothing', async () => {
      expect(await use().ledger.balance(account)).toEqual({
        balance: 0n,
        reserved: 0n,
        available: 0n,
        totalCredits: 0n,
        totalUsage: 0n,
      });
      await expect(reserve('g1', 1n)).rejects.toThrow(InsufficientCreditsError);
    });

    it('holds a reservation, then charges the true cost and lets the rest go', async () => {
      await credit(usd(5));
      await reserve('g1', usd(2));
      expect(await use().ledger.balance(account)).toMatchObject({ balance: usd(5), available: usd(3) });
      await settle('g1', 1_234_567n);
      expect(await use().ledger.balance(account)).toEqual({
        balance: 4_998_765_433n,
        reserved: 0n,
        available: 4_998_765_433n,
        totalCredits: 5_000_000_000n,
        totalUsage: 1_234_567n,
      });
      await use().check(account);
    });

    it('refuses what exceeds the available credit, and says by how much', async () => {
      await credit(usd(5));
      await reserve('g1', usd(4));
      const refused = await reserve('g2', usd(2)).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(InsufficientCreditsError);
      expect(refused).toMatchObject({ required: usd(2), available: usd(1), bindingLimit: 'account' });
      await reserve('g3', usd(1));
    });

    it('admits no more than it can pay when hundreds ask at once', async () => {
      await credit(usd(1));
      const asked = Array.from({ length: 300 }, (_, n) => reserve(`g${n}`, usd(0.01)));
      const results = await Promise.allSettled(asked);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
      expect((await use().ledger.balance(account)).available).toBe(0n);
      await use().check(account);
    });

    it('charges a cost beyond the reservation in full, and admits nothing while it is below zero', async () => {
      await credit(usd(1));
      await reserve('g1', usd(1));
      await settle('g1', usd(1.5));
      expect((await use().ledger.balance(account)).available).toBe(usd(-0.5));
      await expect(reserve('g2', 0n)).rejects.toThrow(InsufficientCreditsError);
      await use().check(account);
    });

    it('settles once, however often it is asked', async () => {
      await credit(usd(1));
      await reserve('g1', usd(0.5));
      await Promise.all([settle('g1', usd(0.25)), settle('g1', usd(0.25))]);
      await settle('g1', usd(0.25));
      expect((await use().ledger.balance(account)).balance).toBe(usd(0.75));
      await use().check(account);
    });

    it('reserves once under an id, and cannot be charged again under one that was settled', async () => {
      await credit(usd(1));
      await Promise.all([reserve('g1', usd(0.5)), reserve('g1', usd(0.5))]);
      expect((await use().ledger.balance(account)).reserved).toBe(usd(0.5));
      await settle('g1', usd(0.25));
      await reserve('g1', usd(0.5));
      await settle('g1', usd(0.25));
      expect(await use().ledger.balance(account)).toMatchObject({ balance: usd(0.75), reserved: 0n });
      await use().check(account);
    });

    it('releases without a trace, and once', async () => {
      await credit(usd(1));
      await reserve('g1', usd(0.5));
      await use().ledger.release('g1', account);
      await use().ledger.release('g1', account);
      await use().ledger.release('never', account);
      expect(await use().ledger.balance(account)).toMatchObject({ balance: usd(1), reserved: 0n });
      expect(await use().ledger.entries(account)).toHaveLength(1);
    });

    it('charges a settlement that comes after the release as an adjustment, once', async () => {
      await credit(usd(1));
      await reserve('g1', usd(0.5));
      await use().ledger.release('g1', account);
      await settle('g1', usd(0.25));
      await settle('g1', usd(0.25));
      const entries = await use().ledger.entries(account, 1);
      expect(entries).toMatchObject([{ id: 'adjust:g1', kind: 'adjustment', amount: usd(-0.25) }]);
      await use().check(account);
    });

    it('credits once under an entry id, and refuses the id for anything else', async () => {
      const { ledger } = use();
      expect(await ledger.credit({ entryId: 'pay', account, amount: 5n })).toEqual({
        booked: 5n,
        balance: 5n,
      });
      expect(await ledger.credit({ entryId: 'pay', account, amount: 5n })).toEqual({
        booked: 0n,
        balance: 5n,
      });
      await expect(ledger.credit({ entryId: 'pay', account, amount: 6n })).rejects.toThrow(
        EntryMismatchError,
      );
      await expect(ledger.credit({ entryId: 'pay', account: 'acc-2', amount: 5n })).rejects.toThrow(
        EntryMismatchError,
      );
      await use().check(account);
    });

    it('credits once when the same payment arrives many times at once', async () => {
      const { ledger } = use();
      await Promise.all(
        Array.from({ length: 20 }, () => ledger.credit({ entryId: 'pay', account, amount: 5n })),
      );
      expect((await ledger.balance(account)).balance).toBe(5n);
    });

    it('debits what is available, never what is reserved', async () => {
      const { ledger } = use();
      await credit(10n);
      await reserve('g1', 6n);
      await expect(ledger.debit({ entryId: 'back', account, amount: 5n })).rejects.toThrow(
        InsufficientCreditsError,
      );
      const upTo = { entryId: 'back', account, amount: 5n, upTo: true, note: 'refund' };
      expect(await ledger.debit(upTo)).toEqual({ booked: 4n, balance: 6n });
      expect(await ledger.debit(upTo)).toEqual({ booked: 0n, balance: 6n });
      expect(await ledger.entries(account, 2)).toMatchObject([
        { id: 'back', kind: 'refund', amount: -4n, note: 'refund' },
      ]);
      await use().check(account);
    });

    it('tells what was booked under an id, to nobody but the account', async () => {
      const { ledger } = use();
      await credit(10n);
      await ledger.debit({ entryId: 'back', account, amount: 25n, upTo: true });
      const ids = ['pay-1', 'back', 'unknown'];
      const booked = new Map([
        ['pay-1', 10n],
        ['back', -10n],
      ]);
      expect(await ledger.booked(account, ids)).toEqual(booked);
      expect(await ledger.booked('acc-2', ids)).toEqual(new Map());
    });

    it('lists its entries in order, from where a reader left off', async () => {
      await credit(100n);
      for (const id of ['g1', 'g2', 'g3']) {
        await reserve(id, 10n);
        await settle(id, 7n);
      }
      const entries = await use().ledger.entries(account);
      expect(entries.map(({ id }) => id)).toEqual(['pay-1', 'g1', 'g2', 'g3']);
      const [, second] = entries;
      const rest = await use().ledger.entries(account, second?.seq, 1);
      expect(rest).toMatchObject([{ id: 'g2', kind: 'charge', amount: -7n }]);
    });

    it('carries amounts that no double holds', async () => {
      const amount = 123_456_789_012_345_679n;
      await credit(amount);
      await reserve('g1', amount);
      await settle('g1', 1n);
      expect((await use().ledger.balance(account)).balance).toBe(amount - 1n);
    });

    it('has a limited number of open exchanges', async () => {
      const ledger = await use().another({ maxOpen: 3 });
      await credit(100n);
      const open = (id: string): Promise<void> =>
        ledger.reserve({ id, account, key, amount: 1n, draft: draft(id, account) });
      await Promise.all(['a', 'b', 'c'].map(open));
      await expect(open('d')).rejects.toThrow(TooManyOpenError);
      await ledger.settle('a', generation('a', account));
      await open('d');
    });

    it('refuses amounts that are none', async () => {
      await expect(credit(0n)).rejects.toThrow(RangeError);
      await expect(credit(-1n)).rejects.toThrow(RangeError);
      await expect(reserve('g1', -1n)).rejects.toThrow(RangeError);
      await expect(settle('g1', -1n)).rejects.toThrow(RangeError);
    });
  });
}
