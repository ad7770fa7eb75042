import { describe, expect, it } from 'vitest';
import { LEASE_MS } from '../ledger-options.ts';
import { LedgerClosedError } from '../ledger-errors.ts';
import { draft, generation } from './fixtures.ts';
import type { LedgerBench } from './ledger-suite.ts';

const account = 'acc-1';

/** Processes that share a store, and die. */
export function lifeRules(use: () => LedgerBench): void {
  const reserve = (id: string, amount = 10n): Promise<void> =>
    use().ledger.reserve({ id, account, key: 'k', amount, draft: draft(id, account, { keyId: 'k' }) });
  const credit = (amount: bigint): Promise<unknown> =>
    use().ledger.credit({ entryId: 'pay', account, amount });

  describe('a process', () => {
    it('sees what another has credited, reserved and settled', async () => {
      const other = await use().another();
      await credit(10n);
      await other.reserve({ id: 'g1', account, key: 'k', amount: 8n, draft: draft('g1', account) });
      await expect(reserve('g2', 3n)).rejects.toMatchObject({ available: 2n });
      await other.settle('g1', generation('g1', account, { cost: 1n }));
      await reserve('g2', 9n);
      await other.credit({ entryId: 'more', account, amount: 5n });
      await reserve('g3', 5n);
      await use().check(account);
    });

    it('never admits more than there is together with others', async () => {
      const ledgers = [use().ledger, await use().another(), await use().another()];
      await credit(50n);
      const asked = Array.from({ length: 90 }, (_, n) =>
        (ledgers[n % 3] ?? use().ledger).reserve({
          id: `g${n}`,
          account,
          key: 'k',
          amount: 1n,
          draft: draft(`g${n}`, account),
        }),
      );
      const results = await Promise.allSettled(asked);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
      await use().check(account);
    });

    it('may settle what another has reserved', async () => {
      const other = await use().another();
      await credit(10n);
      await reserve('g1');
      await other.settle('g1', generation('g1', account, { cost: 4n }));
      expect(await use().ledger.balance(account)).toMatchObject({ balance: 6n, reserved: 0n });
    });

    it('keeps its reservations while it renews its lease', async () => {
      const other = await use().another();
      await credit(10n);
      await reserve('g1');
      for (let n = 0; n < 5; n += 1) {
        use().clock.now += LEASE_MS - 1;
        await use().ledger.renewOwner();
        await other.sweep();
      }
      expect((await other.balance(account)).reserved).toBe(10n);
    });

    it('that died loses its reservations to the sweeper, which leaves a record', async () => {
      const other = await use().another();
      await credit(10n);
      await reserve('g1');
      use().clock.now += LEASE_MS;
      await other.sweep();
      expect(await other.balance(account)).toMatchObject({ balance: 10n, reserved: 0n });
      expect(await use().books.lookup(account, ['g1'])).toEqual(
        new Map([['g1', { account, amount: 0n, final: false }]]),
      );
      await use().check(account);
    });

    it('that was only slow still charges what it settles late, as an adjustment, once', async () => {
      const other = await use().another();
      await credit(10n);
      await reserve('g1');
      use().clock.now += LEASE_MS;
      await other.sweep();
      const late = generation('g1', account, { cost: 4n });
      await use().ledger.settle('g1', late);
      await other.settle('g1', late);
      expect((await other.balance(account)).balance).toBe(6n);
      const entries = await other.entries(account, 1);
      expect(entries).toMatchObject([{ id: 'adjust:g1', kind: 'adjustment', amount: -4n }]);
      await use().check(account);
    });

    it('that closed leaves nothing that others must wait for', async () => {
      const other = await use().another();
      await credit(10n);
      await reserve('g1');
      await use().ledger.close();
      await other.sweep();
      expect((await other.balance(account)).reserved).toBe(0n);
      await expect(reserve('g2')).rejects.toThrow(LedgerClosedError);
    });

    it('finds what died before it when it starts', async () => {
      await credit(10n);
      await reserve('g1');
      use().clock.now += LEASE_MS;
      const next = await use().another();
      await next.start();
      expect((await next.balance(account)).reserved).toBe(0n);
    });
  });
}
