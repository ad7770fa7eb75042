import { describe, expect, it, vi } from 'vitest';
import { limited, rateOf, START } from './limited.scene.ts';

describe('requests a minute', () => {
  it('are not limited, and not spoken of, unless configured', async () => {
    const { ask } = await limited({});
    const response = await ask();
    expect(response.status).toBe(200);
    expect(rateOf(response)).toEqual([null, null, null]);
  });

  it('are counted down in the headers and refused at the end, until the minute is over', async () => {
    const { ask, passed } = await limited({ limits: { requestsPerMinute: 2 } });
    expect(rateOf(await ask())).toEqual([2, 1, 60]);
    vi.setSystemTime(START + 40_500);
    expect(rateOf(await ask())).toEqual([2, 0, 60]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('20');
    expect(rateOf(refused)).toEqual([2, 0, 60]);
    expect(await refused.json()).toMatchObject({
      error: {
        code: 429,
        type: 'rate_limit_error',
        metadata: {
          error_type: 'rate_limit_exceeded',
          origin: 'gateway',
          limit: 2,
          unit: 'requests',
          scope: 'key',
        },
      },
    });
    expect(passed()).toBe(2);
    vi.setSystemTime(START + 60_001);
    expect((await ask()).status).toBe(200);
  });

  it('let through exactly as many of those that come at once', async () => {
    const { ask, passed } = await limited({ limits: { requestsPerMinute: 10 } });
    const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await ask()).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(passed()).toBe(10);
  });

  it('are counted by key, and by account over all of its keys', async () => {
    const { ask } = await limited({ limits: { requestsPerMinute: 2, perAccount: { requestsPerMinute: 3 } } });
    expect(rateOf(await ask({ key: 'k1' }))).toEqual([2, 1, 60]);
    await ask({ key: 'k1' });
    expect((await ask({ key: 'k1' })).status).toBe(429);
    // The refused one has taken nothing of the account's.
    expect(rateOf(await ask({ key: 'k2' }))).toEqual([3, 0, 60]);
    const refused = await ask({ key: 'k2' });
    expect(await refused.json()).toMatchObject({ error: { metadata: { scope: 'account', limit: 3 } } });
    expect((await ask({ key: 'k3', account: 'a2' })).status).toBe(200);
  });

  it('are counted apart for people of different accounts, who have no keys to tell them apart', async () => {
    const { ask } = await limited({ limits: { requestsPerMinute: 1 } });
    expect((await ask({ key: 'session', account: 'a1' })).status).toBe(200);
    expect((await ask({ key: 'session', account: 'a2' })).status).toBe(200);
    expect((await ask({ key: 'session', account: 'a1' })).status).toBe(429);
  });

  it('may differ by request', async () => {
    const { ask } = await limited({
      limits: (req) => (req.headers['x-key'] === 'fast' ? undefined : { requestsPerMinute: 1 }),
    });
    for (const key of ['fast', 'fast', 'slow']) expect((await ask({ key })).status).toBe(200);
    expect((await ask({ key: 'slow' })).status).toBe(429);
  });
});
