import { draft, generation } from '@onerouter/billing/testing';
import { expect, it } from 'vitest';
import { describeOnMongo } from './testing/mongo-server.ts';
import { openMongooseStore } from './open-mongoose-store.ts';
import { readNanos } from './values.ts';
import { storesOn } from './store.scene.ts';

const account = 'acc-1';
/** 2^53 + 1, which no double holds. */
const ODD = 9_007_199_254_740_993n;

describeOnMongo('money on MongoDB', (server) => {
  const stores = storesOn(server);

  it('is an int64 in every field, whatever its size', async () => {
    const store = await stores.open();
    const { ledger, accounts, connection, models } = store;
    await ledger.credit({ entryId: 'pay', account, amount: ODD });
    await ledger.reserve({ id: 'gen-1', account, key: 'k', amount: 3n, draft: draft('gen-1', account) });
    await ledger.reserve({ id: 'gen-2', account, key: 'k', amount: 3n, draft: draft('gen-2', account) });
    await ledger.settle('gen-1', generation('gen-1', account, { keyId: 'k', cost: 2n }));
    await accounts.createAccount({
      id: account,
      email: 'a@b',
      passwordHash: null,
      allowTraining: false,
      createdAt: 1,
    });
    const key = { hash: 'h', kind: 'api', accountId: account, name: '', label: '', disabled: false } as const;
    await accounts.createKey({
      ...key,
      limit: 5n,
      limitReset: null,
      expiresAt: null,
      createdAt: 1,
      updatedAt: null,
    });
    await store.close();
    const types = async (collection: string, fields: readonly string[]): Promise<unknown> => {
      const project = Object.fromEntries(fields.map((field, n) => [`f${n}`, { $type: `$${field}` }]));
      const found = await connection.db
        ?.collection(`onerouter_${collection}`)
        .aggregate([{ $project: project }])
        .toArray();
      return found?.map(({ _id, ...rest }) => [...new Set(Object.values(rest))]);
    };
    const open = 'open.gen-2.amount';
    const use = ['total', 'day', 'week', 'month'].map((field) => `keyUse.k.${field}`);
    expect(await types('books', ['balance', 'reserved', 'spent', open, ...use])).toEqual([['long']]);
    expect(await types('entries', ['amount'])).toEqual([['long']]);
    expect(await types('generations', ['cost', 'charge'])).toEqual([['long']]);
    expect(await types('rollups', ['cost', 'requests', 'promptTokens'])).toEqual([['long']]);
    expect(await types('keys', ['limit'])).toEqual([['long']]);
    const lot = await models.books.findById(account);
    expect(lot?.lots[0]?.amount).toBe(ODD);
  });

  it('reads the same through mongoose, lean(), and the driver, with any of its options', async () => {
    const { ledger, models } = await stores.open();
    await ledger.credit({ entryId: 'pay', account, amount: ODD });
    await ledger.credit({ entryId: 'small', account: 'acc-2', amount: 7n });
    expect((await models.books.findById(account))?.balance).toBe(ODD);
    expect((await models.books.findById('acc-2'))?.balance).toBe(7n);
    for (const options of [{}, { useBigInt64: true }, { promoteLongs: false }, { promoteValues: false }]) {
      const connection = await server.connect(stores.database(), options);
      const store = openMongooseStore(connection);
      const raw = await connection.db?.collection('onerouter_books').findOne({ _id: account as never });
      expect(readNanos(raw?.['balance'] as bigint)).toBe(ODD);
      const lean = await models.books.findById(account).setOptions(options).lean();
      expect(readNanos(lean?.balance ?? 0n)).toBe(ODD);
      expect(await store.ledger.balance(account)).toMatchObject({ balance: ODD, available: ODD });
      expect(await store.ledger.balance('acc-2')).toMatchObject({ balance: 7n });
      expect(await store.ledger.entries(account)).toMatchObject([{ amount: ODD, seq: 1 }]);
      await store.close();
    }
  });
});
