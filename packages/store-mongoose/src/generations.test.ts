import { draft, generation } from '@onerouter/billing/testing';
import { generationLogSuite } from '@onerouter/metering/testing';
import { expect, it } from 'vitest';
import { describeOnMongo } from './testing/mongo-server.ts';
import { storesOn } from './store.scene.ts';

const account = 'acc-1';

describeOnMongo('generations on MongoDB', (server) => {
  const stores = storesOn(server);
  generationLogSuite('mongooseGenerations', async () => (await stores.open()).generations);

  it('are pending from their reservation on, and final once they are settled, at any moment', async () => {
    const { ledger, generations } = await stores.open();
    await ledger.credit({ entryId: 'pay', account, amount: 100n });
    const running = draft('gen-1', account, { userAgent: '$balance' });
    await ledger.reserve({ id: 'gen-1', account, key: 'k', amount: 10n, draft: running });
    expect(await generations.find(account, 'gen-1')).toEqual(running);
    expect(await generations.find('acc-2', 'gen-1')).toBeUndefined();
    const settled = generation('gen-1', account, { cost: 7n });
    await ledger.settle('gen-1', settled);
    // Again and again while it moves from the book to its collection.
    for (let n = 0; n < 20; n += 1) expect(await generations.find(account, 'gen-1')).toEqual(settled);
  });

  it('are found under ids of any form, and never instead of something else in the book', async () => {
    const { ledger, generations } = await stores.open();
    await ledger.credit({ entryId: 'pay', account, amount: 1_000n });
    for (const id of ['a.b', '$seq', 'a%2eb', '', '__proto__', 'nul\0', 'ö ü', '7']) {
      expect(await generations.find(account, id)).toBeUndefined();
      const running = draft(id, account);
      await ledger.reserve({ id, account, key: 'k', amount: 1n, draft: running });
      expect(await generations.find(account, id)).toEqual(running);
      const settled = generation(id, account, { cost: 1n });
      await ledger.settle(id, settled);
      expect(await generations.find(account, id)).toEqual(settled);
    }
    expect(await ledger.balance(account)).toMatchObject({ balance: 992n, reserved: 0n });
  });

  it('tell what is not known from zero', async () => {
    const { ledger, generations } = await stores.open();
    const usage = {
      promptTokens: 0,
      completionTokens: 3,
      cachedTokens: undefined,
      source: 'estimated',
    } as const;
    const settled = generation('gen-1', account, { usage, latencyMs: 0, upstreamId: '', discount: 0 });
    await ledger.settle('gen-1', settled);
    const found = await generations.find(account, 'gen-1');
    expect(found).toEqual(settled);
    expect(found?.usage).not.toHaveProperty('cachedTokens');
  });

  it('that were only logged are replaced when the ledger settles them', async () => {
    const { ledger, generations } = await stores.open();
    await ledger.credit({ entryId: 'pay', account, amount: 100n });
    const logged = generation('gen-1', account, { cost: 5n, title: 'logged' });
    await generations.append(logged);
    await ledger.reserve({ id: 'gen-1', account, key: 'k', amount: 5n, draft: draft('gen-1', account) });
    const settled = generation('gen-1', account, { cost: 5n });
    await ledger.settle('gen-1', settled);
    expect(await generations.find(account, 'gen-1')).toEqual(settled);
    expect((await ledger.balance(account)).balance).toBe(95n);
  });
});
