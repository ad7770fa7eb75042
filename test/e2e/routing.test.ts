import { hang, refuse, whole } from '@onerouter/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../support/answers.ts';
import { at, gatewayServer, model, type GatewayServer } from '../support/gateway.ts';

const price = (perMillion: number): { prompt: string; completion: string } => ({
  prompt: (perMillion / 1e6).toFixed(9),
  completion: ((2 * perMillion) / 1e6).toFixed(9),
});

let server: GatewayServer;
let seed = 0;
beforeEach(async () => {
  server = await gatewayServer({
    providers: { cheap: {}, middle: {}, dear: {}, gift: {} },
    models: [
      model('acme/writer-1', [
        { provider: 'dear', pricing: price(9) },
        { provider: 'middle', pricing: price(3) },
        { provider: 'cheap', pricing: price(1) },
      ]),
      model('acme/painter', [{ provider: 'dear', pricing: price(9) }]),
      model('acme/mixed', [
        { provider: 'cheap', pricing: price(1) },
        { provider: 'gift', free: true },
      ]),
    ],
  });
});

/** Who answered, over several requests that differ. */
async function servers(fields: object, times = 6): Promise<string[]> {
  const names = new Set<string>();
  for (let n = 0; n < times; n += 1) {
    seed += 1;
    const { status, json } = await server.ask({ seed, ...fields });
    expect(status, JSON.stringify(json)).toBe(200);
    names.add(String(json['provider']));
  }
  return [...names].toSorted((a, b) => a.localeCompare(b));
}

describe('provider', () => {
  it.each([
    [{ order: ['dear', 'cheap'] }, ['dear']],
    [{ order: ['DEAR'] }, ['dear']],
    [{ only: ['middle'] }, ['middle']],
    [{ ignore: ['cheap', 'middle'] }, ['dear']],
    [{ sort: 'price' }, ['cheap']],
    [{ max_price: { prompt: 2 } }, ['cheap']],
    [{ max_price: { prompt: '3', completion: '6' }, ignore: ['cheap'] }, ['middle']],
    [{ only: ['cheap', 'dear'], ignore: ['cheap'] }, ['dear']],
  ])('%j is answered by %j', async (provider, expected) => {
    expect(await servers({ provider })).toEqual(expected);
  });

  it('that leaves nobody is a 404 that names the rule', async () => {
    const { status, json } = await server.ask({ provider: { max_price: { prompt: 0.5 } } });
    expect(status).toBe(404);
    expect(at(json, 'error.param')).toBe('provider');
    expect(at(json, 'error.metadata.excluded_by')).toEqual(['max_price']);
  });

  it('order falls back to the rest of it, then to the others', async () => {
    server.provider('dear').play(refuse(500));
    expect(await servers({ provider: { order: ['dear', 'middle'] } }, 2)).toEqual(['middle']);
    server.provider('middle').play(refuse(500));
    expect(await servers({ provider: { order: ['dear', 'middle'] } }, 2)).toEqual(['cheap']);
  });

  it.each([
    { order: ['dear'], allow_fallbacks: false },
    { sort: 'price', allow_fallbacks: false },
  ])('%j tries one and no other', async (provider) => {
    for (const name of ['dear', 'cheap']) server.provider(name).play(refuse(503));
    const { status, json } = await server.ask({ provider });
    expect(status).toBe(502);
    expect(at(json, 'error.metadata.previous_errors')).toHaveLength(1);
    const calls = ['dear', 'middle', 'cheap'].map((name) => server.provider(name).calls.length);
    expect(calls.reduce((sum, one) => sum + one)).toBe(1);
  });
});

describe('a variant', () => {
  it(':floor is answered by the cheapest', async () => {
    expect(await servers({ model: 'acme/writer-1:floor' })).toEqual(['cheap']);
  });

  it(':free is answered by what costs nothing, and costs nothing', async () => {
    const { json } = await server.ask({ model: 'acme/mixed:free' });
    expect(json).toMatchObject({ provider: 'gift', cost: 0, usage: { cost: 0 } });
    expect((await server.ask({ model: 'acme/writer-1:free' })).status).toBe(404);
  });
});

describe('without preferences', () => {
  it('the cheap are asked more often than the dear', async () => {
    const counts: Record<string, number> = {};
    for (let n = 0; n < 60; n += 1) {
      const { json } = await server.ask({ seed: n });
      counts[String(json['provider'])] = (counts[String(json['provider'])] ?? 0) + 1;
    }
    // Weighted 81 : 9 : 1; that the cheapest gets less than half has a chance below one in 10^12.
    expect(counts['cheap']).toBeGreaterThan(30);
  });
});

describe('models', () => {
  it('are tried in order, and the one that answers is named and billed', async () => {
    for (const name of ['cheap', 'middle']) server.provider(name).play(refuse(500));
    server.provider('dear').play(refuse(500), whole('From the painter'));
    const { json, headers } = await server.ask({ models: ['acme/painter'], provider: { order: ['dear'] } });
    expect(json).toMatchObject({ model: 'acme/painter', provider: 'dear' });
    // 10 × $0.000009 + 5 × $0.000018
    expect(json['cost']).toBe(0.00018);
    expect(await server.spent()).toBe('0.00018');
    const generation = await server.generation(headers.get('x-generation-id'));
    expect(generation).toMatchObject({ model: 'acme/painter', requested_model: 'acme/writer-1' });
    expect(generation['attempts']).toHaveLength(4);
  });

  it('work without model, and skip those that nobody knows', async () => {
    const { status, json } = await server.ask({ model: undefined, models: ['acme/nothing', 'acme/painter'] });
    expect(status, JSON.stringify(json)).toBe(200);
    expect(json['model']).toBe('acme/painter');
  });
});

describe('fallback', () => {
  it('goes on when a provider keeps silent', async () => {
    const patient = await gatewayServer({
      providers: { slow: { timeouts: { headersMs: 100, firstTokenMs: 100 } }, quick: {} },
      models: [model('acme/writer-1', [{ provider: 'slow' }, { provider: 'quick' }])],
    });
    patient.provider('slow').play(hang());
    patient.provider('quick').play(answers(['Quick'], null));
    for (const stream of [false, true]) {
      const response = await patient.chat({
        stream,
        provider: { order: ['slow', 'quick'] },
        seed: Number(stream),
      });
      expect(response.status).toBe(200);
      await response.text();
      const generation = await patient.generation(response.headers.get('x-generation-id'));
      expect((generation['attempts'] as object[]).at(-1)).toMatchObject({
        provider: 'quick',
        errorType: null,
      });
    }
  });

  it.each([400, 422])('does not go on after %d', async (status) => {
    server.provider('dear').play(refuse(status));
    const answered = await server.ask({ provider: { order: ['dear', 'cheap'] } });
    expect(answered.status).toBe(status);
    expect(at(answered.json, 'error.metadata.origin')).toBe('upstream');
    expect(server.provider('cheap').calls).toHaveLength(0);
  });

  it.each([401, 402, 403, 404, 408, 429, 500, 503, 529])('goes on after %d', async (status) => {
    server.provider('dear').play(refuse(status));
    expect(await servers({ provider: { order: ['dear', 'cheap'] } }, 1)).toEqual(['cheap']);
  });

  it('never blames the key of the client for that of the gateway', async () => {
    for (const name of ['dear', 'middle', 'cheap']) server.provider(name).play(refuse(401));
    const { status, json } = await server.ask();
    expect(status).toBe(502);
    expect(at(json, 'error.metadata.error_type')).toBe('upstream_credentials_exhausted');
    expect(at(json, 'error.metadata.previous_errors')).toHaveLength(3);
  });
});
