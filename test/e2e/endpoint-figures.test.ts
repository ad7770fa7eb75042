import {
  DONE,
  finishChunk,
  refuse,
  textChunk,
  usageChunk,
  whole,
  type Script,
} from '@onerouter/core/testing';
import { describe, expect, it } from 'vitest';
import { at, gatewayServer, model, type Fields, type GatewayServer } from '../support/gateway.ts';

const PATH = '/v1/models/acme/writer-1/endpoints';
const pricing = { prompt: '0.000001', completion: '0.000002', input_cache_read: '0.0000001' };
const models = [
  model('acme/writer-1', [
    { provider: 'alpha', pricing },
    { provider: 'beta', pricing },
  ]),
];
const FRESH = { headers: { 'cache-control': 'no-store' } };

/** An answer that takes its time after the first output, so that there is a rate to measure. */
const measured: Script = async (res) => {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.write(textChunk('Hel'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  res.end(textChunk('lo') + finishChunk() + usageChunk() + DONE);
};

describe('the endpoints of a model show', () => {
  it('nothing that was not measured', async () => {
    const server = await gateway();
    expect(await figures(server)).toMatchObject([
      {
        provider_name: 'alpha',
        status: 0,
        uptime_last_5m: null,
        latency_last_30m: null,
        throughput_last_30m: null,
        cancellation: 'stops-billing',
      },
      { provider_name: 'beta', cancellation: 'drains' },
    ]);
  });

  it('latency, throughput and uptime of what was, also after a reload', async () => {
    const server = await gateway();
    server.provider('alpha').play(measured);
    const only = { provider: { only: ['alpha'] } };
    for (let n = 0; n < 4; n += 1) await (await server.chat({ ...only, stream: true }, FRESH)).text();
    server.provider('alpha').play(refuse(503));
    await server.chat(only, FRESH);
    server.gateway.reload({ providers: server.providers, models });
    const [alpha] = await figures(server);
    const positive = expect.any(Number) as number;
    const spread = { p50: positive, p75: positive, p90: positive, p99: positive };
    expect(alpha).toMatchObject({
      uptime_last_5m: 80,
      uptime_last_30m: 80,
      uptime_last_1d: 80,
      latency_last_30m: spread,
      throughput_last_30m: spread,
    });
  });

  it('which one is in trouble, and which one is left alone', async () => {
    const server = await gateway();
    server.provider('alpha').play(refuse(503));
    server.provider('beta').play(refuse(429, {}, { 'retry-after': '60' }));
    const ask = (name: string): Promise<Response> => server.chat({ provider: { only: [name] } }, FRESH);
    await ask('alpha');
    await ask('alpha');
    await ask('beta');
    expect((await figures(server)).map((one) => one['status'])).toEqual([-1, -2]);
  });
});

it('sort by latency goes by what was measured', async () => {
  const server = await gateway();
  server.provider('alpha').play(async (res, call) => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    await whole('slow')(res, call);
  });
  for (const name of ['alpha', 'beta']) await server.chat({ provider: { only: [name] } }, FRESH);
  const { json } = await server.ask({ provider: { sort: 'latency' } }, FRESH);
  expect(json['provider']).toBe('beta');
});

it('a conversation stays where it was answered', async () => {
  const server = await gateway();
  const messages = [{ role: 'user', content: 'Hello' }];
  const first = (await server.ask({ messages }, FRESH)).json['provider'];
  const others: unknown[] = [];
  for (let n = 0; n < 12; n += 1) {
    messages.push({ role: 'assistant', content: 'Hello' }, { role: 'user', content: `${n}` });
    others.push((await server.ask({ messages }, FRESH)).json['provider']);
  }
  expect(new Set(others)).toEqual(new Set([first]));
});

function gateway(): Promise<GatewayServer> {
  return gatewayServer({ models, providers: { alpha: {}, beta: { cancellation: 'drains' } } });
}

async function figures(server: GatewayServer): Promise<readonly Fields[]> {
  return at((await server.get(PATH)).json, 'data.endpoints') as Fields[];
}
