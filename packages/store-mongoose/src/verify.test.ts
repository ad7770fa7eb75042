import { verifyLedger } from '@onerouter/billing';
import { draft, generation } from '@onerouter/billing/testing';
import { beforeEach, expect, it } from 'vitest';
import { mongooseLedgerSource } from './ledger-source.ts';
import { raw } from './models.ts';
import { describeOnMongo } from './testing/mongo-server.ts';
import type { MongooseStore } from './open-mongoose-store.ts';
import { storesOn } from './store.scene.ts';
import { recordKey } from './values.ts';

const account = 'acc-1';

describeOnMongo('the verification of a MongoDB store', (server) => {
  const stores = storesOn(server);
  let store: MongooseStore;
  beforeEach(async () => {
    store = await stores.open();
    await store.ledger.credit({ entryId: 'pay', account, amount: 1_000n });
    for (const id of ['g1', 'g2', 'g3']) {
      await store.ledger.reserve({ id, account, key: 'k', amount: 9n, draft: draft(id, account) });
    }
    await store.ledger.settle('g1', generation('g1', account, { cost: 7n, keyId: 'k' }));
    await store.ledger.release('g2', account);
    await store.ledger.settle('late', generation('late', account, { cost: 3n, keyId: 'k' }));
    await store.generations.append(generation('logged', account, { cost: 5n, keyId: 'k' }));
  });
  const kinds = async (): Promise<readonly string[]> => {
    const { differences } = await verifyLedger(mongooseLedgerSource(store.connection));
    return differences.map(({ kind }) => kind);
  };

  it('finds nothing where nothing is wrong, beside the running process and at rest', async () => {
    expect(await kinds()).toEqual([]);
    await store.close();
    expect(await kinds()).toEqual([]);
  });

  it('finds what was changed behind the ledger', async () => {
    await store.close();
    const books = raw(store.models.books);
    const bump = (field: string, by: number): Promise<unknown> =>
      books.updateOne({ _id: account }, { $inc: { [field]: by } });
    await bump('balance', 1);
    expect(await kinds()).toEqual(['balance']);
    await bump('balance', -1);
    await bump('reserved', 1);
    expect(await kinds()).toEqual(['reserved']);
    await bump('reserved', -1);
    await bump('keyUse.k.total', 1);
    expect(await kinds()).toEqual(['key-use']);
    await bump('keyUse.k.total', -1);
    await raw(store.models.rollups).updateOne({ account }, { $inc: { requests: 1 } });
    expect(await kinds()).toEqual(['rollup']);
    await raw(store.models.rollups).updateOne({ account }, { $inc: { requests: -1 } });
    await raw(store.models.entries).deleteOne({ _id: recordKey(account, 'adjust:late') });
    expect(await kinds()).toEqual(['charge', 'balance', 'spent']);
  });

  it('finds an account whose book is gone', async () => {
    await store.close();
    await raw(store.models.books).deleteOne({ _id: account });
    expect(await kinds()).toEqual(expect.arrayContaining(['balance', 'spent', 'seq']));
  });

  it('is right at every moment of processes that go on booking', async () => {
    const other = await stores.open();
    const state = { ended: false };
    const busy = Array.from({ length: 12 }, async (_, who) => {
      const { ledger } = who % 2 === 0 ? store : other;
      for (let n = 0; n < 10; n += 1) {
        const id = `busy-${who}-${n}`;
        await ledger.reserve({ id, account, key: 'k', amount: 1n, draft: draft(id, account) });
        await ledger.settle(id, generation(id, account, { cost: 1n, keyId: 'k' }));
      }
    });
    const all = Promise.all(busy).finally(() => (state.ended = true));
    while (!state.ended) expect(await kinds()).toEqual([]);
    await all;
    expect(await kinds()).toEqual([]);
  });
});
