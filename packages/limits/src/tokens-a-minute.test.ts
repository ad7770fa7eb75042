import { emptyFacts } from '@onerouter/core';
import { describe, expect, it, vi } from 'vitest';
import { limited, rateOf, START, usage } from './limited.scene.ts';

// "abc" is estimated as one token.
describe('tokens a minute', () => {
  it('are estimated before the exchange and corrected after it', async () => {
    const scene = await limited({ limits: { tokensPerMinute: 100 } });
    const body = { max_tokens: 59 };
    expect(rateOf(await scene.ask({ body }))).toEqual([100, 40, 60]);
    // 10 were used, so that another 60 fit.
    expect(rateOf(await scene.ask({ body }))).toEqual([100, 30, 60]);
    scene.outcome = usage(1, 79);
    expect(rateOf(await scene.ask({ body }))).toEqual([100, 20, 60]);
    // It has used more than was estimated: 100 in all.
    const refused = await scene.ask({ body: { max_tokens: 1 } });
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ error: { metadata: { unit: 'tokens', limit: 100 } } });
  });

  it('of a request that is refused count for nothing', async () => {
    const { ask } = await limited({ limits: { tokensPerMinute: 100 } });
    await ask();
    expect((await ask({ body: { max_tokens: 95 } })).status).toBe(429);
    expect((await ask({ body: { max_tokens: 50 } })).status).toBe(200);
  });

  it('of a failed exchange are given back', async () => {
    const scene = await limited({ limits: { tokensPerMinute: 100 } });
    scene.outcome = { status: 'failed', facts: emptyFacts() };
    for (let n = 0; n < 3; n += 1) expect((await scene.ask({ body: { max_tokens: 90 } })).status).toBe(200);
  });

  it('without a named limit take what is left at most, so that no default makes a request impossible', async () => {
    const { ask } = await limited({ limits: { tokensPerMinute: 100 } });
    expect(rateOf(await ask())).toEqual([100, 0, 60]);
  });

  it('of a request that can never fit say so', async () => {
    const { ask } = await limited({ limits: { tokensPerMinute: 100 } });
    const refused = await ask({ body: { max_tokens: 500, n: 2 } });
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      error: { message: expect.stringContaining('this request alone may take 1001') as unknown },
    });
  });

  it('begin anew when the minute is over', async () => {
    const scene = await limited({ limits: { tokensPerMinute: 100 } });
    await scene.ask({ body: { max_tokens: 90 } });
    vi.setSystemTime(START + 60_001);
    expect(rateOf(await scene.ask({ body: { max_tokens: 90 } }))[1]).toBe(9);
  });

  it('are counted beside requests, which the headers then show', async () => {
    const { ask } = await limited({ limits: { requestsPerMinute: 5, tokensPerMinute: 100 } });
    expect(rateOf(await ask({ body: { max_tokens: 50 } }))).toEqual([5, 4, 60]);
    const refused = await ask({ body: { max_tokens: 95 } });
    expect(rateOf(refused)[0]).toBe(100);
    expect(rateOf(await ask({ body: { max_tokens: 5 } }))).toEqual([5, 3, 60]);
  });
});
