import { checkBooks, draft, generation } from '@onerouter/billing/testing';
import { InsufficientCreditsError } from '@onerouter/billing';
import { expect, it } from 'vitest';
import { describeOnMongo } from './testing/mongo-server.ts';
import { readNanos } from './values.ts';
import { storesOn } from './store.scene.ts';

const account = 'acc-hot';

describeOnMongo('processes that share a MongoDB database', (server) => {
  const stores = storesOn(server);

  it('charge one account at once, every exchange once, to the nano-dollar', async () => {
    const two = [await stores.open(), await stores.open()];
    await two[0]?.ledger.credit({ entryId: 'pay', account, amount: 10_000n });
    const exchanges = Array.from({ length: 240 }, async (_, n) => {
      const id = `gen-${n}`;
      const ledger = two[n % 2]?.ledger;
      await ledger?.reserve({ id, account, key: `k${n % 3}`, amount: 20n, draft: draft(id, account) });
      await ledger?.settle(id, generation(id, account, { keyId: `k${n % 3}`, cost: BigInt(n % 7) }));
    });
    await Promise.all(exchanges);
    const cost = Array.from({ length: 240 }, (_, n) => n % 7).reduce((sum, one) => sum + one, 0);
    for (const { books, ledger } of two) {
      await checkBooks(books, account);
      expect(await ledger.balance(account)).toMatchObject({ balance: 10_000n - BigInt(cost), reserved: 0n });
    }
    for (const store of two) await store.close();
    const [{ models }] = two as [(typeof two)[0]];
    const rollups = await models.rollups.find({ account });
    expect(rollups.reduce((sum, { requests }) => sum + readNanos(requests), 0n)).toBe(240n);
    expect(rollups.reduce((sum, { cost }) => sum + readNanos(cost), 0n)).toBe(BigInt(cost));
    expect(await models.generations.countDocuments({ account })).toBe(240);
    expect(await models.books.findById(account).lean()).toMatchObject({ outbox: [], open: {} });
  });

  it('admit exactly what the credit covers', async () => {
    const two = [await stores.open(), await stores.open()];
    await two[0]?.ledger.credit({ entryId: 'pay', account, amount: 50n });
    const asked = Array.from({ length: 120 }, (_, n) => {
      const id = `gen-${n}`;
      return two[n % 2]?.ledger.reserve({ id, account, key: 'k', amount: 1n, draft: draft(id, account) });
    });
    const results = await Promise.allSettled(asked);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(InsufficientCreditsError);
    }
    await checkBooks((await stores.open()).books, account);
  });

  it('write the first act of many accounts at once', async () => {
    const three = [await stores.open(), await stores.open(), await stores.open()];
    const credits = Array.from({ length: 90 }, (_, n) =>
      three[n % 3]?.ledger.credit({
        entryId: `pay-${n}`,
        account: `acc-${Math.floor(n / 3) % 10}`,
        amount: 7n,
      }),
    );
    await Promise.all(credits);
    const { books } = await stores.open();
    for (let n = 0; n < 10; n += 1) {
      expect((await books.load(`acc-${n}`)).balance).toBe(63n);
      await checkBooks(books, `acc-${n}`);
    }
  });

  it('credit a payment to one account only, when it comes for two at once', async () => {
    const two = [await stores.open(), await stores.open()];
    const results = await Promise.allSettled(
      two.map((store, n) => store.ledger.credit({ entryId: 'pay', account: `acc-${n}`, amount: 9n })),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const balances = await Promise.all([0, 1].map((n) => two[0]?.ledger.balance(`acc-${n}`)));
    expect(balances.reduce((sum, one) => sum + (one?.balance ?? 0n), 0n)).toBe(9n);
  });
});
