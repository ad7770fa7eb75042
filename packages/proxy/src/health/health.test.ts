import { describe, expect, it } from 'vitest';
import { EndpointHealthBook } from './endpoint-health-book.ts';
import {
  DEFAULT_COOLDOWN_MS,
  MIN_UPTIME_SAMPLE,
  MISCONFIGURED_COOLDOWN_MS,
  OUTAGE_WINDOW_MS,
} from './endpoint-health.ts';

const DOWN = { type: 'provider_unavailable', status: 503 } as const;
const BUSY = { type: 'rate_limit_exceeded', status: 429 } as const;

describe('an endpoint', () => {
  it('of which nothing is known is healthy', () => {
    const { book } = clocked();
    expect(book.healthy('a')).toBe(true);
    expect(book.endpoint('a')).toBeUndefined();
  });

  it('is healthy after one failure, and not after two', () => {
    const { book, fail } = clocked();
    fail('a');
    expect(book.healthy('a')).toBe(true);
    fail('a');
    expect(book.healthy('a')).toBe(false);
    expect(book.healthy('b')).toBe(true);
  });

  it('is healthy when answers outweigh failures', () => {
    const { book, fail, answer } = clocked();
    for (let n = 0; n < 4; n += 1) answer('a');
    for (let n = 0; n < 3; n += 1) fail('a');
    expect(book.healthy('a')).toBe(true);
  });

  it('is healthy again when its failures are old', () => {
    const { book, clock, fail } = clocked();
    fail('a', 2);
    clock.ms += OUTAGE_WINDOW_MS;
    expect(book.healthy('a')).toBe(true);
  });

  it('is left alone for as long as it asked, extended and never shortened', () => {
    const { book, clock } = clocked();
    book.force('a').failed({ ...BUSY, retryAfterMs: 60_000 });
    book.force('a').failed({ ...BUSY, retryAfterMs: 1_000 });
    clock.ms += 59_999;
    expect(book.healthy('a')).toBe(false);
    expect(book.shutForMs('a')).toBe(1);
    expect(book.admit('a')).toBeUndefined();
    clock.ms += 1;
    expect(book.healthy('a')).toBe(true);
    expect(book.admit('a')).toBeDefined();
  });

  it('that is busy and names no time is left alone for a moment', () => {
    const { book, clock } = clocked();
    book.force('a').failed(BUSY);
    expect(book.shutForMs('a')).toBe(DEFAULT_COOLDOWN_MS);
    clock.ms += DEFAULT_COOLDOWN_MS;
    expect(book.shutForMs('a')).toBe(0);
  });

  it('that refuses our key is left alone for long', () => {
    const { book } = clocked();
    book.force('a').failed({ type: 'credentials_rejected', status: 401 });
    expect(book.shutForMs('a')).toBe(MISCONFIGURED_COOLDOWN_MS);
  });

  it('is not blamed for a request that was at fault, nor for a client that left', () => {
    const { book } = clocked();
    for (let n = 0; n < 10; n += 1) book.force('a').failed({ type: 'invalid_request', status: 400 });
    for (let n = 0; n < 10; n += 1) book.force('a').dropped();
    expect(book.healthy('a')).toBe(true);
    expect(book.endpoint('a')?.uptime1d).toBeUndefined();
  });

  it('is judged once for each trial', () => {
    const { book } = clocked();
    const trial = book.force('a');
    trial.answered(10, null);
    for (let n = 0; n < 10; n += 1) trial.failed(DOWN);
    trial.dropped();
    expect(book.healthy('a')).toBe(true);
  });
});

describe('uptime', () => {
  it('is answers of answers and failures, without rate limits, and unknown while there are few', () => {
    const { book, fail, answer } = clocked();
    for (let n = 0; n < MIN_UPTIME_SAMPLE - 1; n += 1) answer('a');
    expect(book.endpoint('a')?.uptime5m).toBeUndefined();
    fail('a');
    for (let n = 0; n < 20; n += 1) book.force('a').failed(BUSY);
    expect(book.endpoint('a')).toMatchObject({ uptime5m: 80, uptime30m: 80, uptime1d: 80 });
  });

  it('forgets each window in its own time', () => {
    const { book, clock, fail, answer } = clocked();
    fail('a', 5);
    clock.ms += 5 * 60_000;
    for (let n = 0; n < 15; n += 1) answer('a');
    expect(book.endpoint('a')).toMatchObject({ uptime5m: 100, uptime30m: 75, uptime1d: 75 });
    clock.ms += 30 * 60_000;
    expect(book.endpoint('a')).toMatchObject({ uptime5m: undefined, uptime30m: undefined, uptime1d: 75 });
    clock.ms += 86_400_000;
    expect(book.endpoint('a')?.uptime1d).toBeUndefined();
  });
});

describe('the book', () => {
  it('is bounded: the endpoint tried longest ago makes room', () => {
    const book = new EndpointHealthBook({ maxEndpoints: 2, now: () => 0 });
    for (const id of ['a', 'b', 'a', 'c']) book.force(id).answered(10, null);
    expect(book.endpoint('b')).toBeUndefined();
    expect(book.endpoint('a')).toBeDefined();
  });
});

function clocked(): {
  book: EndpointHealthBook;
  clock: { ms: number };
  fail: (id: string, times?: number) => void;
  answer: (id: string) => void;
} {
  const clock = { ms: 1_000 };
  const book = new EndpointHealthBook({ now: () => clock.ms });
  return {
    book,
    clock,
    fail: (id, times = 1) => {
      for (let n = 0; n < times; n += 1) book.force(id).failed(DOWN);
    },
    answer: (id) => book.force(id).answered(100, null),
  };
}
