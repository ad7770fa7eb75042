import { describe, expect, it } from 'vitest';
import { draft, generation } from './fixtures.ts';
import { TEST_NOW, type LedgerBench } from './ledger-suite.ts';

const account = 'acc-1';
const DAY_MS = 86_400_000;

/** Expiry of credit. */
export function lotRules(use: () => LedgerBench): void {
  const credit = (entryId: string, amount: bigint, days: number | null): Promise<unknown> =>
    use().ledger.credit({
      entryId,
      account,
      amount,
      expiresAt: days === null ? null : TEST_NOW + days * DAY_MS,
    });
  const spend = async (id: string, cost: bigint): Promise<void> => {
    await use().ledger.reserve({ id, account, key: 'k', amount: cost, draft: draft(id, account) });
    await use().ledger.settle(id, generation(id, account, { cost }));
  };
  const later = async (days: number): Promise<bigint> => {
    use().clock.now = TEST_NOW + days * DAY_MS;
    await use().ledger.sweep();
    await use().check(account);
    return (await use().ledger.balance(account)).balance;
  };

  describe('credit', () => {
    it('expires after a year where nothing else was said', async () => {
      await use().ledger.credit({ entryId: 'a', account, amount: 10n });
      expect(await later(364.9)).toBe(10n);
      expect(await later(365)).toBe(0n);
    });

    it('is spent oldest first, so that only what is left of a lot expires', async () => {
      await credit('a', 10n, 10);
      await credit('b', 20n, 20);
      await spend('g1', 4n);
      expect(await later(10)).toBe(20n);
      await spend('g2', 5n);
      expect(await later(20)).toBe(0n);
      const entries = await use().ledger.entries(account);
      expect(entries.filter(({ kind }) => kind === 'expiry')).toMatchObject([
        { amount: -6n },
        { amount: -15n },
      ]);
    });

    it('does not expire where it was spent', async () => {
      await credit('a', 10n, 10);
      await credit('b', 20n, null);
      await spend('g1', 12n);
      expect(await later(400)).toBe(18n);
    });

    it('may expire in the middle without touching older lots', async () => {
      await credit('a', 10n, null);
      await credit('b', 20n, 5);
      await credit('c', 30n, null);
      await spend('g1', 3n);
      expect(await later(5)).toBe(37n);
      await spend('g2', 10n);
      expect(await later(900)).toBe(27n);
    });

    it('stays while a reservation holds it, and goes with its end', async () => {
      await credit('a', 10n, 10);
      await use().ledger.reserve({ id: 'g1', account, key: 'k', amount: 8n, draft: draft('g1', account) });
      const ledger = use().ledger;
      expect(await later(10)).toBe(8n);
      await ledger.settle('g1', generation('g1', account, { cost: 3n }));
      expect(await later(10)).toBe(0n);
      await use().check(account);
    });

    it('is not reserved once it is due, swept or not', async () => {
      await credit('a', 10n, 10);
      use().clock.now = TEST_NOW + 10 * DAY_MS;
      const asked = use().ledger.reserve({
        id: 'g',
        account,
        key: 'k',
        amount: 1n,
        draft: draft('g', account),
      });
      await expect(asked).rejects.toMatchObject({ available: 0n });
      await use().check(account);
    });

    it('pays off what an overrun left first', async () => {
      await credit('a', 10n, null);
      await use().ledger.reserve({ id: 'g1', account, key: 'k', amount: 10n, draft: draft('g1', account) });
      await use().ledger.settle('g1', generation('g1', account, { cost: 15n }));
      await credit('b', 20n, 10);
      expect(await later(9)).toBe(15n);
      expect(await later(10)).toBe(0n);
    });
  });
}
