import { expect, it, vi } from 'vitest';
import { memoryLimiter } from './point-limiter.ts';
import { Tally } from './tally.ts';

const rate = { scope: 'key', unit: 'tokens', limit: 100 } as const;

it('a correction that comes after the minute changes nothing', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
  const limiter = memoryLimiter();
  const tally = new Tally(limiter, Date.now);
  const [taken] = await tally.take([{ rate, name: 'n', points: 90 }]);
  vi.setSystemTime(1_060_000);
  if (taken) await tally.correct(taken, 10);
  expect((await limiter.penalty('n', 0)).consumedPoints).toBe(0);
  vi.useRealTimers();
});

it('a store whose clock is ahead does not turn a correction into credit', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
  const limiter = memoryLimiter();
  const tally = new Tally(limiter, () => 1_000_000);
  const [taken] = await tally.take([{ rate, name: 'n', points: 90 }]);
  vi.setSystemTime(1_060_001);
  if (taken) await tally.correct(taken, 10);
  expect((await limiter.penalty('n', 0)).consumedPoints).toBe(0);
  vi.useRealTimers();
});
