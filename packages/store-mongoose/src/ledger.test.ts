import { warningLog } from '@onerouter/core';
import { ledgerSuite } from '@onerouter/billing/testing';
import { afterAll, beforeAll } from 'vitest';
import { createIndexes } from './indexes.ts';
import { mongooseLedgerSource } from './ledger-source.ts';
import { describeOnMongo } from './testing/mongo-server.ts';
import { MongooseBooks } from './mongoose-books.ts';
import { COLLECTION_PREFIX, modelsOn, type Models } from './models.ts';
import { CopyingOutbox } from './outbox.ts';
import { givenClock } from './server-clock.ts';

describeOnMongo('on MongoDB', (server) => {
  // One database, emptied for each run: the suite makes a hundred, and to build indexes takes longer than a run.
  const database = server.newDatabase();
  let first: Models;
  const open = async (): Promise<Models> => modelsOn(await server.connect(database), COLLECTION_PREFIX);
  beforeAll(async () => {
    first = await open();
    await createIndexes(first);
  });
  afterAll(() => server.drop(database));

  ledgerSuite('MongooseBooks', async (clock) => {
    const outboxes: CopyingOutbox[] = [];
    const booksOn = (models: Models): MongooseBooks => {
      const time = givenClock(() => clock.now);
      const outbox = new CopyingOutbox(models, time, warningLog);
      outboxes.push(outbox);
      return new MongooseBooks(models, time, outbox);
    };
    return {
      books: booksOn(first),
      source: mongooseLedgerSource(first.books.db),
      another: async () => booksOn(await open()),
      async close() {
        for (const outbox of outboxes) await outbox.idle();
        await Promise.all(Object.values(first).map((model) => model.collection.deleteMany({})));
      },
    };
  });
});
