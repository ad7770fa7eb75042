import { describe, expect, it } from 'vitest';
import {
  DEFAULT_COOLDOWN_MS,
  EndpointHealthBook,
  MISCONFIGURED_COOLDOWN_MS,
  OUTAGE_WINDOW_MS,
} from './health.ts';

const DOWN = { type: 'provider_unavailable', status: 503 } as const;

describe('an endpoint', () => {
  it('of which nothing is known is healthy', () => {
    expect(new EndpointHealthBook().healthy('a')).toBe(true);
  });

  it('is healthy after one failure, and not after two', () => {
    const { book } = clocked();
    book.noteFailure('a', DOWN);
    expect(book.healthy('a')).toBe(true);
    book.noteFailure('a', DOWN);
    expect(book.healthy('a')).toBe(false);
    expect(book.healthy('b')).toBe(true);
  });

  it('is healthy when answers outweigh failures', () => {
    const { book } = clocked();
    for (let n = 0; n < 3; n += 1) book.noteAnswer('a', 100);
    for (let n = 0; n < 3; n += 1) book.noteFailure('a', DOWN);
    expect(book.healthy('a')).toBe(true);
  });

  it('is healthy again when its failures are old', () => {
    const { book, clock } = clocked();
    book.noteFailure('a', DOWN);
    book.noteFailure('a', DOWN);
    clock.ms += OUTAGE_WINDOW_MS + 1;
    expect(book.healthy('a')).toBe(true);
  });

  it('is left alone for as long as it asked, extended and never shortened', () => {
    const { book, clock } = clocked();
    book.noteFailure('a', { type: 'rate_limit_exceeded', status: 429, retryAfterMs: 60_000 });
    book.noteFailure('a', { type: 'rate_limit_exceeded', status: 429, retryAfterMs: 1_000 });
    clock.ms += 59_999;
    expect(book.healthy('a')).toBe(false);
    clock.ms += 1;
    expect(book.healthy('a')).toBe(true);
  });

  it('that is busy and names no time is left alone for a moment', () => {
    const { book, clock } = clocked();
    book.noteFailure('a', { type: 'rate_limit_exceeded', status: 429 });
    expect(book.healthy('a')).toBe(false);
    clock.ms += DEFAULT_COOLDOWN_MS;
    expect(book.healthy('a')).toBe(true);
  });

  it('that refuses our key is left alone for long', () => {
    const { book, clock } = clocked();
    book.noteFailure('a', { type: 'credentials_rejected', status: 401 });
    clock.ms += MISCONFIGURED_COOLDOWN_MS - 1;
    expect(book.healthy('a')).toBe(false);
  });

  it('is not blamed for a request that was at fault', () => {
    const { book } = clocked();
    for (let n = 0; n < 10; n += 1) book.noteFailure('a', { type: 'invalid_request', status: 400 });
    expect(book.healthy('a')).toBe(true);
  });
});

it('latency and throughput are running averages, unknown at first', () => {
  const { book } = clocked();
  expect(book.latencyMs('a')).toBeUndefined();
  expect(book.throughput('a')).toBeUndefined();
  book.noteAnswer('a', 100);
  book.noteAnswer('a', 200);
  book.noteThroughput('a', 50);
  expect(book.latencyMs('a')).toBe(120);
  expect(book.throughput('a')).toBe(50);
});

function clocked(): { book: EndpointHealthBook; clock: { ms: number } } {
  const clock = { ms: 1_000 };
  return { book: new EndpointHealthBook(() => clock.ms), clock };
}
