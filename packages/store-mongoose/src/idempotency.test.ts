import { idempotencyStoreSuite } from '@onerouter/idempotency/testing';
import type { IdempotencyStore } from '@onerouter/idempotency';
import { expect, it } from 'vitest';
import { createIndexes } from './indexes.ts';
import { COLLECTION_PREFIX, modelsOn } from './models.ts';
import { MAX_ANSWER_BYTES, mongooseIdempotency } from './mongoose-idempotency.ts';
import { givenClock } from './server-clock.ts';
import { storesOn } from './store.scene.ts';
import { describeOnMongo } from './testing/mongo-server.ts';

describeOnMongo('on MongoDB', (server) => {
  idempotencyStoreSuite('mongooseIdempotency()', async () => {
    const database = server.newDatabase();
    let time = Date.now();
    const open = async (): Promise<IdempotencyStore> => {
      const models = modelsOn(await server.connect(database), COLLECTION_PREFIX);
      await createIndexes(models);
      return mongooseIdempotency(
        models,
        givenClock(() => time),
      );
    };
    return {
      store: await open(),
      another: open,
      advance: (ms) => {
        time += ms;
      },
      close: () => server.drop(database),
    };
  });
});

describeOnMongo('an answer on MongoDB', (server) => {
  const stores = storesOn(server);

  it('that no document holds is remembered as not kept', async () => {
    const { idempotency } = await stores.open();
    const claim = { account: 'a', name: 'n', tag: 't', generationId: 'g' };
    await idempotency.claim(claim, 60_000);
    expect(await idempotency.finish(claim, Buffer.alloc(MAX_ANSWER_BYTES + 1), 60_000)).toBe(true);
    expect(await idempotency.claim(claim, 60_000)).toMatchObject({ answer: 'not_kept' });
  });
});
