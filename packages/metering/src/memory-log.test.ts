import { expect, it } from 'vitest';
import { memoryGenerationLog } from './memory-log.ts';
import {
  generationLogSuite,
  sampleGeneration,
  settlementFeedSuite,
  usageRollupsSuite,
} from './testing/index.ts';

generationLogSuite('memory', async () => memoryGenerationLog());
settlementFeedSuite('memory', async () => {
  const feed = memoryGenerationLog();
  return { feed, settle: (one) => feed.append(one) };
});
usageRollupsSuite('memory', async () => {
  const rollups = memoryGenerationLog();
  return { rollups, settle: (one) => rollups.append(one) };
});

it('keeps the newest records only', async () => {
  const log = memoryGenerationLog(2);
  const all = [sampleGeneration(), sampleGeneration(), sampleGeneration()];
  for (const generation of all) await log.append(generation);
  const found = await Promise.all(all.map(({ accountId, id }) => log.find(accountId, id)));
  expect(found.map((one) => one !== undefined)).toEqual([false, true, true]);
});
