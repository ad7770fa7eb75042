import { DONE, finishChunk, textChunk, usageChunk } from '@onerouter/core/testing';
import { describe, expect, it } from 'vitest';
import { at, gatewayServer, model, PRICING, WRITER } from '../support/gateway.ts';
import { Reading, saidIn } from '../support/reading.ts';

const PAINTER = model('acme/painter', [{ provider: 'alpha' }]);
const priced = (pricing: object): typeof WRITER =>
  model('acme/writer-1', [{ provider: 'alpha', pricing: { ...PRICING, ...pricing } }]);

describe('a reloaded catalogue', () => {
  it('is there at once: new models, new prices, and without what is gone', async () => {
    const server = await gatewayServer();
    expect((await server.ask({ model: 'acme/painter' })).status).toBe(404);
    server.gateway.reload({ providers: server.providers, models: [priced({ prompt: '0.000002' }), PAINTER] });
    expect((await server.ask({ model: 'acme/painter' })).status).toBe(200);
    expect((await server.ask()).json['cost']).toBe(0.00003);
    server.gateway.reload({ providers: server.providers, models: [PAINTER] });
    expect((await server.ask({ seed: 1 })).status).toBe(404);
    const listed = at((await server.get('/v1/models')).json, 'data') as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual(['acme/painter']);
  });

  it.each<[string, readonly unknown[], RegExp]>([
    ['an unknown provider', [model('acme/writer-1', [{ provider: 'nobody' }])], /nobody/],
    ['an unknown field', [{ ...WRITER, colour: 'red' }], /colour/],
    ['a negative price', [priced({ prompt: '-0.1' })], /prompt/],
    ['a price that is no number', [priced({ completion: 'free' })], /completion/],
    ['no price', [{ ...WRITER, endpoints: [{ provider: 'alpha', model: 'x' }] }], /pricing|price/],
    ['the same model twice', [WRITER, WRITER], /writer-1/],
    ['a discount of everything', [model('acme/writer-1', [{ provider: 'alpha', discount: 1 }])], /discount/],
  ])('with %s is refused by name, and the old one stays', async (_what, models, said) => {
    const server = await gatewayServer();
    expect(() => server.gateway.reload({ providers: server.providers, models: models as never })).toThrow(
      said,
    );
    expect((await server.ask()).status).toBe(200);
  });

  it.each<[object, RegExp]>([
    [{ baseUrl: 'not a url' }, /providers\.alpha\.baseUrl/],
    [{ baseUrl: 'ftp://127.0.0.1' }, /providers\.alpha\.baseUrl/],
    [{ baseUrl: undefined }, /providers\.alpha\.baseUrl/],
    [{ dialect: 'klingon' }, /providers\.alpha\.dialect/],
    [{ trainsOnPromts: true }, /providers\.alpha: .*trainsOnPromts/],
    [{ timeouts: { idleMs: -1 } }, /providers\.alpha\.timeouts\.idleMs/],
  ])('with a provider %j is refused by name, and the old one stays', async (config, said) => {
    const server = await gatewayServer();
    const providers = { alpha: { ...server.providers['alpha'], ...config } };
    expect(() => server.gateway.reload({ providers, models: [WRITER] })).toThrow(said);
    expect((await server.ask()).status).toBe(200);
  });

  it('does not touch what runs: it ends at the provider and the price that it began with', async () => {
    const server = await gatewayServer();
    const rest = Promise.withResolvers<void>();
    server.provider().play(async (res) => {
      res.setHeader('content-type', 'text/event-stream');
      res.write(textChunk('Hel'));
      await rest.promise;
      res.end(textChunk('lo') + finishChunk() + usageChunk() + DONE);
    });
    const reading = new Reading(await server.chat({ stream: true }));
    await reading.until('Hel');
    server.gateway.reload({ providers: server.providers, models: [priced({ prompt: '0.5' })] });
    rest.resolve();
    expect(saidIn(await reading.until())).toBe('Hello');
    expect(await server.spent()).toBe('0.00002');
  });

  it('charges a cached answer at the price of today', async () => {
    const server = await gatewayServer({ models: [priced({ input_cache_read: '0.0000005' })] });
    await server.ask();
    server.gateway.reload({
      providers: server.providers,
      models: [priced({ input_cache_read: '0.0000001' })],
    });
    const { json, headers } = await server.ask();
    expect(headers.get('x-onerouter-cache')).toBe('hit');
    expect(json['cost']).toBe(0.000001);
  });
});
