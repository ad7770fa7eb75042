import { warningLog } from '@onerouter/core';
import { ledgerSuite } from '@onerouter/billing/testing';
import { createIndexes } from './indexes.ts';
import { describeOnMongo } from './mongo-server.scene.ts';
import { MongooseBooks } from './mongoose-books.ts';
import { COLLECTION_PREFIX, modelsOn } from './models.ts';
import { CopyingOutbox } from './outbox.ts';
import { givenClock } from './server-clock.ts';

describeOnMongo('on MongoDB', (server) => {
  ledgerSuite('MongooseBooks', async (clock) => {
    const database = server.newDatabase();
    const outboxes: CopyingOutbox[] = [];
    const open = async (): Promise<MongooseBooks> => {
      const models = modelsOn(await server.connect(database), COLLECTION_PREFIX);
      const time = givenClock(() => clock.now);
      const outbox = new CopyingOutbox(models, time, warningLog);
      if (outboxes.length === 0) await createIndexes(models);
      outboxes.push(outbox);
      return new MongooseBooks(models, time, outbox);
    };
    return {
      books: await open(),
      another: open,
      async close() {
        for (const outbox of outboxes) await outbox.idle();
        await server.drop(database);
      },
    };
  });
});
