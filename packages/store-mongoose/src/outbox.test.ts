import { createLedger } from '@onerouter/billing';
import { checkBooks, generation } from '@onerouter/billing/testing';
import { expect, it } from 'vitest';
import { MongooseBooks } from './mongoose-books.ts';
import { COLLECTION_PREFIX, modelsOn, raw } from './models.ts';
import { CopyingOutbox, OUTBOX_LIMIT } from './outbox.ts';
import { serverClock } from './server-clock.ts';
import { storesOn } from './store.scene.ts';
import { describeOnMongo } from './testing/mongo-server.ts';

const account = 'acc-1';
const silent = { warn: (): void => {}, error: (): void => {} };

describeOnMongo('an outbox that cannot be emptied', (server) => {
  const stores = storesOn(server);

  it('lets no more in than it can hold, and is emptied by the next process that can', async () => {
    const connection = await server.connect(stores.database());
    const models = modelsOn(connection, COLLECTION_PREFIX);
    const broken = { ...models, entries: unusable(models.entries) };
    const clock = serverClock(connection);
    const ledger = createLedger(new MongooseBooks(broken, clock, new CopyingOutbox(broken, clock, silent)));
    await ledger.credit({ entryId: 'pay', account, amount: 1_000_000n });
    // Without a reservation each is two: a generation and its adjustment.
    const ids = Array.from({ length: OUTBOX_LIMIT / 2 }, (_, n) => `gen-${n}`);
    await Promise.all(ids.map((id) => ledger.settle(id, generation(id, account, { cost: 1n }))));
    await expect(ledger.credit({ entryId: 'more', account, amount: 1n })).rejects.toThrow('unusable');
    expect((await raw(models.books).findOne({ _id: account }))?.outbox.length).toBeGreaterThan(OUTBOX_LIMIT);

    const next = await stores.open();
    await next.ledger.credit({ entryId: 'more', account, amount: 1n });
    await checkBooks(next.books, account);
    await next.close();
    expect((await raw(models.books).findOne({ _id: account }))?.outbox).toEqual([]);
    expect(await models.generations.countDocuments({ account })).toBe(ids.length);
    await checkBooks(next.books, account);
  });
});

/** A model whose collection takes nothing. */
function unusable<T extends object>(model: T): T {
  return new Proxy(model, {
    get: (target, name) =>
      name === 'collection'
        ? new Proxy(Reflect.get(target, name) as object, {
            get: (collection, method) =>
              method === 'bulkWrite'
                ? () => Promise.reject(new Error('unusable'))
                : (Reflect.get(collection, method) as unknown),
          })
        : (Reflect.get(target, name) as unknown),
  });
}
