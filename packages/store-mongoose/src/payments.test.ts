import { paymentStoreSuite } from '@onerouter/billing/testing';
import { afterAll, beforeAll } from 'vitest';
import { createIndexes } from './indexes.ts';
import { COLLECTION_PREFIX, modelsOn, type Models } from './models.ts';
import { mongoosePayments } from './mongoose-payments.ts';
import { describeOnMongo } from './testing/mongo-server.ts';

describeOnMongo('on MongoDB', (server) => {
  const database = server.newDatabase();
  let first: Models;
  const open = async (): Promise<Models> => modelsOn(await server.connect(database), COLLECTION_PREFIX);
  beforeAll(async () => {
    first = await open();
    await createIndexes(first);
  });
  afterAll(() => server.drop(database));

  paymentStoreSuite('mongoosePayments()', async () => ({
    store: mongoosePayments(first),
    another: async () => mongoosePayments(await open()),
    async close() {
      await first.payments.collection.deleteMany({});
      await first.payers.collection.deleteMany({});
    },
  }));
});
