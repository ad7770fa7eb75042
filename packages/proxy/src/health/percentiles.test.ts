import { describe, expect, it } from 'vitest';
import { EndpointHealthBook } from './endpoint-health-book.ts';

const MINUTE_MS = 60_000;

describe('latency', () => {
  it('is unknown at first, and exact while all answers were alike', () => {
    const { book, answer } = clocked();
    expect(book.latencyMs('a')).toBeUndefined();
    answer(123);
    expect(book.latencyMs('a')).toBe(123);
    expect(book.latencyMs('a', 'p99')).toBe(123);
  });

  it('has percentiles that are right to within 5 %', () => {
    const { book, answer } = clocked();
    for (let ms = 1_000; ms >= 1; ms -= 1) answer(ms);
    for (const [percentile, ms] of [
      ['p50', 500],
      ['p75', 750],
      ['p90', 900],
      ['p99', 990],
    ] as const) {
      const figure = book.latencyMs('a', percentile) ?? 0;
      expect(Math.abs(figure - ms) / ms).toBeLessThan(0.05);
    }
  });

  it('of 5 minutes orders, of 30 minutes is shown', () => {
    const { book, clock, answer } = clocked();
    answer(1_000);
    clock.ms += 5 * MINUTE_MS;
    expect(book.latencyMs('a')).toBeUndefined();
    expect(book.endpoint('a')?.latencyMs?.p50).toBe(1_000);
    clock.ms += 30 * MINUTE_MS;
    expect(book.endpoint('a')?.latencyMs).toBeUndefined();
    answer(50);
    expect(book.endpoint('a')?.latencyMs).toEqual({ p50: 50, p75: 50, p90: 50, p99: 50 });
  });

  it.each([0, -1, 0.5, 1e12, 1e300])('of %d breaks nothing', (ms) => {
    const { book, answer } = clocked();
    answer(ms);
    expect(book.latencyMs('a')).toBeCloseTo(ms, 5);
  });
});

it('throughput: nine of ten requests reach p90', () => {
  const { book } = clocked();
  for (let n = 1; n <= 100; n += 1) book.force('a').answered(10, n);
  const figures = book.endpoint('a')?.throughput;
  for (const [percentile, least] of [
    ['p50', 50],
    ['p75', 25],
    ['p90', 10],
  ] as const) {
    expect(Math.abs((figures?.[percentile] ?? 0) - least) / least).toBeLessThan(0.1);
  }
  expect(book.throughput('a', 'p90')).toBe(figures?.p90);
});

function clocked(): { book: EndpointHealthBook; clock: { ms: number }; answer: (ms: number) => void } {
  const clock = { ms: 0 };
  const book = new EndpointHealthBook({ now: () => clock.ms });
  return { book, clock, answer: (ms) => book.force('a').answered(ms, null) };
}
