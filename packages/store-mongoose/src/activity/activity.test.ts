import { settlementFeedSuite, usageRollupsSuite } from '@onerouter/metering/testing';
import { draft, generation } from '@onerouter/billing/testing';
import { expect, it } from 'vitest';
import { raw } from '../models.ts';
import { storesOn } from '../store.scene.ts';
import { describeOnMongo } from '../testing/mongo-server.ts';

const account = 'acc-1';
const days = { from: '2026-01-01', to: '2026-12-31' } as const;

describeOnMongo('activity on MongoDB', (server) => {
  const stores = storesOn(server);
  settlementFeedSuite('MongoDB', async () => {
    const { generations, ledger } = await stores.open();
    return { feed: generations, settle: (one) => ledger.settle(one.id, one) };
  });
  usageRollupsSuite('MongoDB', async () => {
    const { rollups, ledger } = await stores.open();
    return { rollups, settle: (one) => ledger.settle(one.id, one) };
  });

  it('is the same while it moves out of the book, and after that', async () => {
    const { rollups, generations, ledger, books } = await stores.open();
    for (let n = 1; n <= 12; n += 1) {
      const id = `gen-${n + 10}`;
      await ledger.settle(id, generation(id, account, { cost: 1n, model: n % 2 === 0 ? 'even' : 'odd' }));
      const [daily, totals, listed, even] = await Promise.all([
        rollups.daily(account, days),
        rollups.totals(days),
        generations.list({ accountId: account, limit: 99 }),
        generations.list({ accountId: account, limit: 99, model: 'even' }),
      ]);
      expect(daily.reduce((sum, { requests }) => sum + requests, 0)).toBe(n);
      expect(totals.map(({ requests }) => requests)).toEqual([n]);
      expect(listed.map((one) => one.id)).toEqual(Array.from({ length: n }, (_, at) => `gen-${n + 10 - at}`));
      expect(even.length).toBe(Math.floor(n / 2));
    }
    expect(await books.seq(account)).toBe(await generations.end(account));
  });

  it('leaves out what a dead process left until its settlement comes, which moves it in every list', async () => {
    const dying = await stores.open();
    await dying.ledger.credit({ entryId: 'pay', account, amount: 100n });
    await dying.ledger.reserve({
      id: 'gen-9',
      account,
      key: 'k',
      amount: 9n,
      draft: draft('gen-9', account),
    });
    await raw(dying.models.owners).updateMany({}, { $set: { expiresAt: new Date(0) } });
    const { rollups, generations, ledger } = await stores.open();
    await ledger.sweep();
    const list = async (query: object): Promise<readonly string[]> =>
      (await generations.list({ accountId: account, limit: 9, ...query })).map(({ id }) => id);
    expect(await rollups.daily(account, days)).toEqual([]);
    expect(await list({ status: 'failed' })).toEqual(['gen-9']);
    await ledger.settle('gen-9', generation('gen-9', account, { cost: 7n }));
    for (let n = 0; n < 5; n += 1) {
      expect(await list({ status: 'failed' })).toEqual([]);
      expect(await list({ model: 'acme/writer-1' })).toEqual(['gen-9']);
      expect(await rollups.daily(account, days)).toMatchObject([{ requests: 1, cost: 7n }]);
    }
  });

  it('lists generations of earlier releases once the indexes are made', async () => {
    const store = await stores.open();
    const appended = ['gen-1', 'gen-2'].map((id) => generation(id, account, { model: `model ${id}` }));
    for (const one of appended) await store.generations.append(one);
    await raw(store.models.generations).updateMany({}, { $unset: { series: '' } });
    await raw(store.models.series).deleteMany({});
    const list = (): Promise<readonly unknown[]> =>
      store.generations.list({ accountId: account, model: 'model gen-2', limit: 9 });
    expect(await list()).toEqual([]);
    await (await stores.open()).createIndexes();
    expect(await list()).toEqual(appended.slice(1));
  });
});
