import {
  hang,
  refuse,
  roleChunk,
  scriptedProvider,
  textChunk,
  textStream,
  whole,
  type Script,
} from '@onerouter/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, candidate, chainServer, readStream, type ChainServer } from '../support/chain.ts';

const HEDGED = { provider: { hedge_after_ms: 30 } };

describe('a slow provider is hedged', () => {
  it.each([true, false])(
    'the faster one answers, and the slow one is cancelled (stream: %s)',
    async (stream) => {
      const { server, alpha, beta } = await two(hang(), stream ? textStream('Hel', 'lo') : whole('Hello'));
      const response = await ask(server, { stream, ...HEDGED });
      if (stream) expect((await readStream(response)).text).toBe('Hello');
      else expect(await response.json()).toMatchObject({ provider: 'beta' });
      expect(await alpha.calls[0]?.closed).toBe(true);
      expect(beta.calls).toHaveLength(1);
      const record = await server.record();
      expect(record).toMatchObject({ status: 'complete', provider: 'beta' });
      // What the lost attempt cost stands on its own record, apart from the exchange's cost.
      expect(record.attempts).toMatchObject([
        { provider: 'alpha', errorType: 'hedge_lost', wastedUsd: '0.000002' },
        { provider: 'beta', errorType: null },
      ]);
    },
  );

  it('the slow one may win after all', async () => {
    const beta = Promise.withResolvers<void>();
    const { server } = await two(
      async (res) => {
        await beta.promise;
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.end(
          `${textChunk('slow but first')}data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`,
        );
      },
      (res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.write(roleChunk(), () => beta.resolve());
      },
    );
    const read = await readStream(await ask(server, { stream: true, ...HEDGED }));
    expect(read.text).toBe('slow but first');
    expect((await server.record()).attempts).toMatchObject([
      { provider: 'beta', errorType: 'hedge_lost' },
      { provider: 'alpha', errorType: null },
    ]);
  });

  it('a failure of one leaves the other its chance', async () => {
    const { server } = await two(hangThen(textStream('Hello')), refuse(503));
    expect((await readStream(await ask(server, { stream: true, ...HEDGED }))).text).toBe('Hello');
    expect((await server.record()).attempts).toMatchObject([
      { provider: 'beta', errorType: 'provider_unavailable' },
      { provider: 'alpha', errorType: null },
    ]);
  });

  it('a client that leaves ends both', async () => {
    const arrived = Promise.withResolvers<void>();
    const { server, alpha, beta } = await two(hang(), () => arrived.resolve());
    const leave = new AbortController();
    const response = ask(server, { stream: true, signal: leave.signal, ...HEDGED }).catch(() => undefined);
    await arrived.promise;
    leave.abort();
    await response;
    expect(await alpha.calls[0]?.closed).toBe(true);
    expect(await beta.calls[0]?.closed).toBe(true);
    expect((await server.record()).status).toBe('cancelled');
  });
});

it('a provider can be hedged by its configuration', async () => {
  const { server } = await two(hang(), textStream('Hello'), { hedgeAfterMs: 20 });
  expect((await readStream(await ask(server, { stream: true }))).text).toBe('Hello');
});

it('nobody is hedged who did not ask for it', async () => {
  const { server, beta } = await two(hangThen(textStream('Hello')), textStream('never'));
  expect((await readStream(await ask(server, { stream: true }))).text).toBe('Hello');
  expect(beta.calls).toHaveLength(0);
});

async function two(
  first: Script,
  second: Script,
  config: Parameters<typeof candidate>[2] = {},
): Promise<{
  server: ChainServer;
  alpha: Awaited<ReturnType<typeof scriptedProvider>>;
  beta: Awaited<ReturnType<typeof scriptedProvider>>;
}> {
  const alpha = await scriptedProvider(first);
  const beta = await scriptedProvider(second);
  const server = await chainServer([candidate('alpha', alpha, config), candidate('beta', beta, config)]);
  onTestFinished(async () => {
    await server.close();
    await Promise.all([alpha.close(), beta.close()]);
  });
  return { server, alpha, beta };
}

/** Waits longer than the hedge's delay, then plays. */
function hangThen(script: Script): Script {
  return async (res, call) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await script(res, call);
  };
}
