import {
  hang,
  refuse,
  reset,
  scriptedProvider,
  textStream,
  whole,
  type Script,
} from '@onerouter/core/testing';
import { EndpointHealthBook } from '@onerouter/proxy';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, candidate, chainServer, type ChainServer } from '../support/chain.ts';

/** As the breaker has it by default. */
const MIN_SAMPLE = 5;
const OPEN_MS = 10_000;

describe('a provider that is down', () => {
  it('is asked first until it has failed often enough, and then left alone', async () => {
    const { server, alpha, beta } = await two(refuse(503), whole('Hello'));
    for (let n = 0; n < MIN_SAMPLE + 3; n += 1) expect((await ask(server)).status).toBe(200);
    expect(alpha.calls).toHaveLength(MIN_SAMPLE);
    expect(beta.calls).toHaveLength(MIN_SAMPLE + 3);
  });

  it('is asked all the same after a single failure', async () => {
    const { server, alpha } = await two(refuse(503), whole('Hello'));
    await ask(server);
    await ask(server);
    expect(alpha.calls).toHaveLength(2);
  });

  it('makes nobody wait', async () => {
    const { server, alpha } = await two(hang(), whole('Hello'), 30);
    for (let n = 0; n < MIN_SAMPLE; n += 1) await ask(server);
    await ask(server);
    await server.record();
    expect(alpha.calls).toHaveLength(MIN_SAMPLE);
  });

  it('gets one probe when its time is over, and takes part again once that was answered', async () => {
    const { server, alpha, beta, clock } = await two(refuse(503), whole('beta'));
    for (let n = 0; n < MIN_SAMPLE; n += 1) await ask(server);
    const goOn = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    alpha.play(async (res, call) => {
      reached.resolve();
      await goOn.promise;
      await whole('alpha')(res, call);
    });
    clock.ms += OPEN_MS;
    const probing = ask(server);
    await reached.promise;
    const others = await Promise.all([ask(server), ask(server), ask(server)]);
    expect(await Promise.all(others.map(providerOf))).toEqual(['beta', 'beta', 'beta']);
    expect(alpha.calls).toHaveLength(MIN_SAMPLE + 1);
    goOn.resolve();
    expect(await providerOf(await probing)).toBe('alpha');
    expect(await providerOf(await ask(server))).toBe('alpha');
    expect(beta.calls).toHaveLength(MIN_SAMPLE + 3);
  });

  it('is left alone for longer when the probe fails, which its exchange survives', async () => {
    const { server, alpha, clock } = await two(refuse(503), whole('beta'));
    for (let n = 0; n < MIN_SAMPLE; n += 1) await ask(server);
    clock.ms += OPEN_MS;
    expect(await providerOf(await ask(server))).toBe('beta');
    expect(alpha.calls).toHaveLength(MIN_SAMPLE + 1);
    clock.ms += OPEN_MS;
    await ask(server);
    expect(alpha.calls).toHaveLength(MIN_SAMPLE + 1);
    clock.ms += OPEN_MS;
    await ask(server);
    expect(alpha.calls).toHaveLength(MIN_SAMPLE + 2);
  });

  it('is probed by another when the client of the probe leaves', async () => {
    const { server, alpha, clock } = await two(refuse(503), whole('beta'));
    for (let n = 0; n < MIN_SAMPLE; n += 1) await ask(server);
    clock.ms += OPEN_MS;
    const reached = Promise.withResolvers<void>();
    alpha.play(() => reached.resolve());
    const leaving = new AbortController();
    const left = ask(server, { signal: leaving.signal }).catch(() => {});
    await reached.promise;
    leaving.abort();
    await left;
    for (let n = 0; n < MIN_SAMPLE + 1; n += 1) await server.record();
    alpha.play(whole('alpha'));
    expect(await providerOf(await ask(server))).toBe('alpha');
  });
});

describe('when every provider is left alone', () => {
  it('the soonest is tried rather than failing', async () => {
    const { server, alpha, beta, clock } = await two(refuse(503), refuse(503));
    // Alpha fails first, so it is back first.
    for (let n = 0; n < MIN_SAMPLE - 1; n += 1) await ask(server);
    beta.play(whole('beta'), refuse(503));
    await ask(server);
    clock.ms += 1_000;
    await ask(server);
    alpha.play(whole('alpha'));
    const before = beta.calls.length;
    expect(await providerOf(await ask(server))).toBe('alpha');
    expect(beta.calls).toHaveLength(before);
  });

  it('and all of them before the client gets an error', async () => {
    const { server, alpha, beta } = await two(refuse(503), refuse(503));
    for (let n = 0; n < MIN_SAMPLE; n += 1) await ask(server);
    const calls = alpha.calls.length + beta.calls.length;
    expect((await ask(server)).status).toBe(502);
    expect(alpha.calls.length + beta.calls.length).toBe(calls + 2);
  });
});

describe('Retry-After', () => {
  it('is respected while there is somebody else', async () => {
    const { server, alpha, beta, clock } = await two(refuse(429, {}, { 'retry-after': '30' }), whole('beta'));
    await ask(server);
    alpha.play(whole('alpha'));
    clock.ms += 29_999;
    expect(await providerOf(await ask(server))).toBe('beta');
    expect(alpha.calls).toHaveLength(1);
    clock.ms += 1;
    expect(await providerOf(await ask(server))).toBe('alpha');
    expect(beta.calls).toHaveLength(2);
  });
});

it('clients that leave trip no breaker', async () => {
  const { server, alpha } = await two(textStream('x'), whole('beta'));
  for (let n = 0; n < 2 * MIN_SAMPLE; n += 1) {
    const reached = Promise.withResolvers<void>();
    alpha.play(() => reached.resolve());
    const leaving = new AbortController();
    const left = ask(server, { stream: true, signal: leaving.signal }).catch(() => {});
    await reached.promise;
    leaving.abort();
    await left;
    await server.record();
  }
  alpha.play(whole('alpha'));
  expect(await providerOf(await ask(server))).toBe('alpha');
});

it('refused requests trip no breaker', async () => {
  const { server, alpha } = await two(refuse(400), whole('beta'));
  for (let n = 0; n < 2 * MIN_SAMPLE; n += 1) expect((await ask(server)).status).toBe(400);
  expect(alpha.calls).toHaveLength(2 * MIN_SAMPLE);
});

describe('further rounds', () => {
  it('ask again after a back-off those whose failure may pass', async () => {
    const { server, alpha, beta } = await two(refuse(401), reset(), 500, { rounds: 2, random: () => 0 });
    beta.play(reset(), whole('beta'));
    expect(await providerOf(await ask(server))).toBe('beta');
    expect(alpha.calls).toHaveLength(1);
    expect((await server.record()).attempts.map(({ provider }) => provider)).toEqual([
      'alpha',
      'beta',
      'beta',
    ]);
  });

  it('end with the attempts', async () => {
    const { server, alpha, beta } = await two(refuse(503), refuse(503), 500, {
      rounds: 5,
      maxAttempts: 3,
      random: () => 0,
    });
    expect((await ask(server)).status).toBe(502);
    expect([alpha.calls.length, beta.calls.length]).toEqual([2, 1]);
  });

  it('are not begun when the deadline comes first', async () => {
    const { server, alpha } = await two(refuse(503), refuse(503), 500, { rounds: 5, deadlineMs: 300 });
    expect((await ask(server)).status).toBe(502);
    expect(alpha.calls).toHaveLength(1);
  });

  it('end when the client leaves during the pause', async () => {
    const { server, alpha } = await two(refuse(503), refuse(503), 500, { rounds: 2, random: () => 1 });
    const reached = Promise.withResolvers<void>();
    const leaving = new AbortController();
    const left = ask(server, { signal: leaving.signal }).catch(() => {});
    alpha.play((res, call) => {
      reached.resolve();
      return refuse(503)(res, call);
    });
    await reached.promise;
    leaving.abort();
    await left;
    const record = await server.record();
    expect(record.status).toBe('cancelled');
    expect(alpha.calls).toHaveLength(1);
  });
});

async function providerOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { provider?: string }).provider;
}

type Scripted = Awaited<ReturnType<typeof scriptedProvider>>;

async function two(
  first: Script,
  second: Script,
  headersMs = 500,
  options: Parameters<typeof chainServer>[1] = {},
): Promise<{ server: ChainServer; alpha: Scripted; beta: Scripted; clock: { ms: number } }> {
  const clock = { ms: 0 };
  const health = new EndpointHealthBook({ now: () => clock.ms });
  const alpha = await scriptedProvider(first);
  const beta = await scriptedProvider(second);
  const timeouts = { headersMs, firstTokenMs: headersMs, idleMs: 500 };
  const server = await chainServer(
    [candidate('alpha', alpha, { timeouts }), candidate('beta', beta, { timeouts })],
    { health, ...options },
  );
  onTestFinished(async () => {
    await server.close();
    await Promise.all([alpha.close(), beta.close()]);
  });
  return { server, alpha, beta, clock };
}
