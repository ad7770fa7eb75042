import { describe, expect, it } from 'vitest';
import { limited } from './limited.scene.ts';
import { memoryLimiter, type PointLimiter } from './point-limiter.ts';
import { rateLimit } from './rate-limit.ts';

/** A limiter whose store fails for some names. */
function failing(fails: (name: string) => boolean): PointLimiter {
  const memory = memoryLimiter();
  return {
    duration: 60,
    penalty: async (name, points) => {
      if (fails(name)) throw new Error('away');
      return memory.penalty(name, points);
    },
    reward: (name, points) => memory.reward(name, points),
  };
}

describe('while the limiter cannot be asked', () => {
  it('requests are refused with 503', async () => {
    const { ask, passed } = await limited({ limits: { requestsPerMinute: 5 }, limiter: failing(() => true) });
    const refused = await ask();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ error: { metadata: { origin: 'gateway' } } });
    expect(passed()).toBe(0);
  });

  it('they pass when it shall fail open', async () => {
    const { ask } = await limited({
      limits: { requestsPerMinute: 5 },
      limiter: failing(() => true),
      failOpen: true,
    });
    expect((await ask()).status).toBe(200);
  });

  it('what was counted of a request before is given back', async () => {
    let away = true;
    const { ask } = await limited({
      limits: { requestsPerMinute: 1, perAccount: { requestsPerMinute: 5 } },
      limiter: failing((name) => away && name.startsWith('account')),
    });
    expect((await ask()).status).toBe(503);
    away = false;
    expect((await ask()).status).toBe(200);
  });
});

describe('options', () => {
  it.each([0, -1, 1.5, Number.NaN])('a limit of %s is refused by name', (limit) => {
    expect(() => rateLimit({ limits: { perAccount: { tokensPerMinute: limit } } })).toThrow(
      /perAccount\.tokensPerMinute/,
    );
  });

  it('a limiter with another window is refused', () => {
    expect(() => rateLimit({ limiter: { ...failing(() => false), duration: 1 } })).toThrow(/duration: 60/);
  });
});
