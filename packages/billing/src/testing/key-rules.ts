import { describe, expect, it } from 'vitest';
import type { LimitReset } from '../ledger.ts';
import { InsufficientCreditsError } from '../ledger-errors.ts';
import { draft, generation } from './fixtures.ts';
import { TEST_NOW, type LedgerBench } from './ledger-suite.ts';

const account = 'acc-1';

/** Limits and use of single keys. */
export function keyRules(use: () => LedgerBench): void {
  const spend = async (id: string, key: string, cost: bigint): Promise<void> => {
    await use().ledger.reserve({ id, account, key, amount: cost, draft: draft(id, account, { keyId: key }) });
    await use().ledger.settle(id, generation(id, account, { keyId: key, cost }));
  };
  const fits = async (amount: bigint, keyLimitReset: LimitReset | null): Promise<boolean> => {
    try {
      const request = { id: 'probe', account, key: 'k', keyLimit: 100n, keyLimitReset, amount };
      await use().ledger.reserve({ ...request, draft: draft('probe', account) });
      await use().ledger.release('probe', account);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(InsufficientCreditsError);
      expect(error).toMatchObject({ bindingLimit: 'key' });
      return false;
    }
  };
  const at = (iso: string): void => {
    use().clock.now = Date.parse(iso);
  };

  describe('a key', () => {
    it('is counted apart from other keys of its account', async () => {
      await use().ledger.credit({ entryId: 'pay', account, amount: 1_000n, expiresAt: null });
      await spend('g1', 'k', 30n);
      await spend('g2', 'other', 50n);
      await use().ledger.reserve({ id: 'g3', account, key: 'k', amount: 5n, draft: draft('g3', account) });
      expect(await use().ledger.keyUsage(account, 'k')).toEqual({
        total: 30n,
        daily: 30n,
        weekly: 30n,
        monthly: 30n,
        reserved: 5n,
      });
      expect(await use().ledger.keyUsage(account, 'unused')).toMatchObject({ total: 0n, reserved: 0n });
    });

    it('may spend its limit and no more, reservations included', async () => {
      await use().ledger.credit({ entryId: 'pay', account, amount: 1_000n });
      await spend('g1', 'k', 30n);
      expect(await fits(70n, null)).toBe(true);
      expect(await fits(71n, null)).toBe(false);
      await use().ledger.reserve({ id: 'g2', account, key: 'k', amount: 60n, draft: draft('g2', account) });
      expect(await fits(10n, null)).toBe(true);
      expect(await fits(11n, null)).toBe(false);
    });

    it('names the account as the limit where that has less', async () => {
      await use().ledger.credit({ entryId: 'pay', account, amount: 10n });
      const request = { id: 'g', account, key: 'k', keyLimit: 20n, amount: 50n, draft: draft('g', account) };
      const refused = await use()
        .ledger.reserve(request)
        .catch((error: unknown) => error);
      expect(refused).toMatchObject({ bindingLimit: 'account', available: 10n, required: 50n });
    });

    it('starts anew every day at 00:00 UTC where its limit is daily', async () => {
      await use().ledger.credit({ entryId: 'pay', account, amount: 1_000n, expiresAt: null });
      at('2026-09-23T23:59:59.999Z');
      await spend('g1', 'k', 100n);
      expect(await fits(1n, 'daily')).toBe(false);
      at('2026-09-24T00:00:00Z');
      expect(await fits(100n, 'daily')).toBe(true);
      expect(await fits(1n, null)).toBe(false);
    });

    it('starts anew on Mondays where its limit is weekly', async () => {
      await use().ledger.credit({ entryId: 'pay', account, amount: 1_000n, expiresAt: null });
      at('2026-09-21T00:00:00Z');
      await spend('g1', 'k', 100n);
      at('2026-09-27T23:59:59Z');
      expect(await fits(1n, 'weekly')).toBe(false);
      at('2026-09-28T00:00:00Z');
      expect(await fits(100n, 'weekly')).toBe(true);
    });

    it('starts anew on the first where its limit is monthly', async () => {
      await use().ledger.credit({ entryId: 'pay', account, amount: 1_000n, expiresAt: null });
      at('2026-12-01T00:00:00Z');
      await spend('g1', 'k', 100n);
      at('2026-12-31T23:59:59Z');
      expect(await fits(1n, 'monthly')).toBe(false);
      at('2027-01-01T00:00:00Z');
      expect(await fits(100n, 'monthly')).toBe(true);
    });

    it('adds up days within a week and weeks within a month', async () => {
      await use().ledger.credit({ entryId: 'pay', account, amount: 1_000n, expiresAt: null });
      at('2026-09-21T10:00:00Z');
      await spend('g1', 'k', 1n);
      at('2026-09-22T10:00:00Z');
      await spend('g2', 'k', 2n);
      at('2026-09-28T10:00:00Z');
      await spend('g3', 'k', 4n);
      expect(await use().ledger.keyUsage(account, 'k')).toMatchObject({
        daily: 4n,
        weekly: 4n,
        monthly: 7n,
        total: 7n,
      });
      use().clock.now = TEST_NOW;
    });
  });
}
