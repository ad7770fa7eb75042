import { warningLog } from '@onerouter/core';
import { createLedger, LEASE_MS, type Ledger } from '@onerouter/billing';
import { checkBooks, draft, generation } from '@onerouter/billing/testing';
import { describe, expect, it } from 'vitest';
import { describeOnMongo } from './testing/mongo-server.ts';
import { COLLECTION_PREFIX, modelsOn, raw, type Models } from './models.ts';
import { MongooseBooks } from './mongoose-books.ts';
import { mongooseGenerations } from './mongoose-generations.ts';
import { copyItems } from './outbox-copy.ts';
import { CopyingOutbox, OUTBOX_LEFT_MS, type Outbox } from './outbox.ts';
import { applyRollups } from './rollups.ts';
import type { AccountItem } from './outbox-item.ts';
import { givenClock } from './server-clock.ts';
import { storesOn } from './store.scene.ts';

const account = 'acc-1';
const START = Date.UTC(2026, 8, 23, 12);

/** A process that dies before it copies anything. */
const deadOutbox: Outbox = {
  room: async () => {},
  added: () => {},
  sweep: async () => {},
  idle: async () => {},
};

/** Credits 100, settles three exchanges for 10 each and leaves a fourth open. */
const act = async (ledger: Ledger): Promise<void> => {
  await ledger.credit({ entryId: 'pay', account, amount: 100n });
  for (const id of ['g1', 'g2', 'g3', 'g4']) {
    await ledger.reserve({ id, account, key: 'k', amount: 20n, draft: draft(id, account) });
    if (id !== 'g4') await ledger.settle(id, generation(id, account, { cost: 10n }));
  }
};
const outboxOf = async (models: Models): Promise<readonly AccountItem[]> =>
  ((await raw(models.books).findOne({ _id: account }))?.outbox ?? []).map((item) => ({ account, ...item }));
const expectAllOnce = async (models: Models, books: MongooseBooks): Promise<void> => {
  await checkBooks(books, account);
  const entries = await books.entries(account, 0, 100);
  expect(entries.map(({ id, amount }) => [id, amount])).toEqual([
    ['pay', 100n],
    ['g1', -10n],
    ['g2', -10n],
    ['g3', -10n],
  ]);
  for (const id of ['g1', 'g2', 'g3']) {
    expect(await mongooseGenerations(models).find(account, id)).toMatchObject({
      status: 'complete',
      cost: 10n,
    });
  }
  expect(await books.lookup(account, ['g1', 'pay'])).toMatchObject(
    new Map([
      ['g1', { account, amount: -10n, final: true }],
      ['pay', { account, amount: 100n, final: true }],
    ]),
  );
};
const expectCopied = async (models: Models): Promise<void> => {
  expect(await outboxOf(models)).toEqual([]);
  expect(await models.entries.countDocuments({ account })).toBe(1);
  expect(await models.generations.countDocuments({ account, final: true })).toBe(3);
  expect(await models.rollups.find({ account }).lean()).toMatchObject([{ requests: 3, cost: 30 }]);
};

describeOnMongo('a process that dies', (server) => {
  const stores = storesOn(server);
  let now = START;
  const clock = givenClock(() => now);

  const process = async (
    outboxOf: (models: Models) => Outbox,
  ): Promise<{ models: Models; books: MongooseBooks }> => {
    const models = modelsOn(await server.connect(stores.database()), COLLECTION_PREFIX);
    return { models, books: new MongooseBooks(models, clock, outboxOf(models)) };
  };
  const living = (): ReturnType<typeof process> =>
    process((models) => new CopyingOutbox(models, clock, warningLog));

  describe('between a commit and the copying of what it booked', () => {
    it('leaves everything visible, and the sweeper of another process finishes it, once', async () => {
      now = START;
      await act(createLedger((await process(() => deadOutbox)).books));
      const { models, books } = await living();
      expect(await outboxOf(models)).toHaveLength(4);
      expect(await models.generations.countDocuments({ account })).toBe(0);
      await expectAllOnce(models, books);
      now = START + LEASE_MS + OUTBOX_LEFT_MS;
      const ledger = createLedger(books);
      await ledger.sweep();
      await ledger.close();
      await books.orphans(1);
      now += OUTBOX_LEFT_MS;
      await books.orphans(1);
      await expectAllOnce(models, books);
      await expectCopied(models);
      expect(await books.load(account)).toMatchObject({ balance: 70n, reserved: 0n, open: [] });
      expect(await mongooseGenerations(models).find(account, 'g4')).toMatchObject({
        errorType: 'interrupted',
      });
    });

    it('cannot be charged again for what it had settled, whoever repeats it', async () => {
      now = START;
      await act(createLedger((await process(() => deadOutbox)).books));
      const { books } = await process(() => deadOutbox);
      const ledger = createLedger(books);
      await ledger.settle('g1', generation('g1', account, { cost: 10n }));
      await ledger.reserve({ id: 'g2', account, key: 'k', amount: 1n, draft: draft('g2', account) });
      await ledger.settle('g2', generation('g2', account, { cost: 10n }));
      await ledger.credit({ entryId: 'pay', account, amount: 100n });
      expect(await ledger.balance(account)).toMatchObject({ balance: 70n, reserved: 20n });
    });
  });

  describe.each([
    ['after the copying', async (models: Models, items: readonly AccountItem[]) => copyItems(models, items)],
    [
      'within the copying',
      async (models: Models, items: readonly AccountItem[]) => copyItems(models, items.slice(0, 2)),
    ],
    [
      'after the adding up',
      async (models: Models, items: readonly AccountItem[]) => applyRollups(models, items),
    ],
    [
      'within the adding up',
      async (models: Models, items: readonly AccountItem[]) => applyRollups(models, items.slice(0, 3)),
    ],
    [
      'before the taking out',
      async (models: Models, items: readonly AccountItem[]) => {
        await copyItems(models, items);
        await applyRollups(models, items);
      },
    ],
  ])('%s', (_, untilDeath) => {
    it('has done nothing that is done twice by the next', async () => {
      now = START;
      const dying = await process(() => deadOutbox);
      await act(createLedger(dying.books));
      await untilDeath(dying.models, await outboxOf(dying.models));
      const { models, books } = await living();
      await expectAllOnce(models, books);
      now = START + OUTBOX_LEFT_MS;
      await books.orphans(1);
      await expectAllOnce(models, books);
      await expectCopied(models);
    });
  });

  it('and one that only slept through it copy the same things at once, once', async () => {
    now = START;
    await act(createLedger((await process(() => deadOutbox)).books));
    const processes = await Promise.all([living(), living(), living()]);
    now = START + OUTBOX_LEFT_MS;
    await Promise.all(processes.map(({ books }) => books.orphans(1)));
    const [{ models, books }] = processes;
    await expectAllOnce(models, books);
    await expectCopied(models);
  });
});
