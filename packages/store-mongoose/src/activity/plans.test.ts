import { sampleGeneration } from '@onerouter/metering/testing';
import { expect, it } from 'vitest';
import { packGeneration } from '../generation-fields.ts';
import { raw } from '../models.ts';
import { describeOnMongo } from '../testing/mongo-server.ts';
import { storesOn } from '../store.scene.ts';
import { recordKey } from '../values.ts';
import { feedQuery, pageQuery } from './mongoose-lists.ts';
import { dailyFilter } from './mongoose-rollups.ts';
import { noteSeries, seriesName } from './series.ts';

const ACCOUNTS = 10;
const EACH = 300;
const PAGE = 20;
const ANY_ID = { from: '', before: '~' } as const;
const RANGE = { from: '2026-01-01', to: '2026-01-31' } as const;

describeOnMongo('lists and sums on MongoDB', (server) => {
  const stores = storesOn(server);

  it('are read from indexes, no further than they show', async () => {
    const { models } = await stores.open();
    const docs = Array.from({ length: ACCOUNTS * EACH }, (_, n) => {
      const account = `a${n % ACCOUNTS}`;
      const one = sampleGeneration({ createdAt: n, accountId: account, keyId: `k${n % 7}` });
      const packed = packGeneration(one);
      const series = seriesName(packed);
      return { _id: recordKey(account, one.id), account, id: one.id, seq: n, series, ...packed };
    });
    await noteSeries(models, docs);
    await raw(models.generations).insertMany(docs);
    const series = docs.slice(0, 2).map((doc) => doc.series);
    const pages = {
      _id_: [pageQuery('a1', ANY_ID), pageQuery('a1', { from: 'gen-1', before: 'gen-2' })],
      'account_1_series_1_id_-1': [
        pageQuery('a1', ANY_ID, series.slice(0, 1)),
        pageQuery('a1', ANY_ID, series),
      ],
      account_1_seq_1_charge_1: [feedQuery('a1', 5, ACCOUNTS * EACH)],
    };
    for (const [index, queries] of Object.entries(pages)) {
      for (const { filter, sort } of queries) {
        const found = raw(models.generations).find(filter, { sort, limit: PAGE });
        expectIndex(await found.explain('executionStats'), index);
      }
    }
    const rollups = raw(models.rollups);
    expectIndex(await rollups.find(dailyFilter('a1', RANGE)).explain('executionStats'), '_id_');
    const days = { day: { $gte: RANGE.from, $lte: RANGE.to } };
    expectIndex(await rollups.find(days).explain('executionStats'), 'day_1');
    expectIndex(
      await raw(models.series)
        .find({ _id: { $gte: 'a1/', $lt: 'a10' } })
        .explain('executionStats'),
      '_id_',
    );
    const waiting = { pendingAt: { $exists: true } };
    expectIndex(await raw(models.books).find(waiting).explain('executionStats'), 'pendingAt_1');
  });
});

/** Servers that only resemble MongoDB say which index they take, and not what they read of it. */
function expectIndex(explained: object, index: string): void {
  const text = JSON.stringify(explained);
  expect(text).toContain('IXSCAN');
  expect(text).toContain(`"indexName":"${index}"`);
  expect(text).not.toContain('COLLSCAN');
  const { executionStats } = explained as { executionStats?: { totalDocsExamined: number } };
  if (!executionStats) return;
  expect(text).not.toContain('"stage":"SORT"');
  expect(executionStats.totalDocsExamined).toBeLessThanOrEqual(PAGE);
}
