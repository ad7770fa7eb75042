import { describe, expect, it } from 'vitest';
import { createPasswordWork, HASHES_AT_ONCE, HASHES_WAITING } from './password-work.ts';

const CHEAP = { logN: 4, r: 8, p: 1 };

describe('the work with passwords', () => {
  it('finds a password right, wrong, or not there', async () => {
    const passwords = createPasswordWork(CHEAP);
    const stored = await passwords.hash('correct horse');
    expect(await passwords.verify('correct horse', stored)).toBe(true);
    expect(await passwords.verify('correct house', stored)).toBe(false);
    expect(await passwords.verify('correct horse', null)).toBe(false);
  });

  it('is done a few at a time, also where there is nothing to compare with, and refused beyond a queue', async () => {
    const passwords = createPasswordWork(CHEAP);
    const room = HASHES_AT_ONCE + HASHES_WAITING;
    const work = Array.from({ length: room + 5 }, () => passwords.verify('guess', null));
    const results = await Promise.allSettled(work);
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ status: 503, retryAfterMs: 5_000 });
    expect(await passwords.verify('guess', null)).toBe(false);
  });
});
