import { describe, expect, it } from 'vitest';
import { GatewayError } from '@onerouter/core';
import { createCatalogue } from '../catalogue/create-catalogue.ts';
import { fakeAsk, fakeProvider } from '../testing/index.ts';
import { createResolver } from './create-resolver.ts';

const cheap = { prompt: '0.000001', completion: '0.000001' };
const dear = { prompt: '0.000009', completion: '0.000009' };
const catalogue = createCatalogue({
  providers: [fakeProvider('alpha'), fakeProvider('beta')],
  models: [
    {
      id: 'acme/writer-1',
      aliases: ['scribe', 'writer@2024-01-01', 'Pen-2.0-20240620'],
      endpoints: [
        { provider: 'alpha', model: 'a', pricing: dear },
        { provider: 'beta', model: 'b', pricing: cheap },
        { provider: 'beta', model: 'b-free', free: true },
      ],
    },
    { id: 'acme/reader', endpoints: [{ provider: 'alpha', model: 'r', pricing: cheap }] },
    { id: 'acme/reader:free', endpoints: [{ provider: 'alpha', model: 'r-free', free: true }] },
  ],
});
const resolve = createResolver({ catalogue });
const upstream = (...names: string[]): string[] => {
  const [model, ...models] = names;
  return resolve(fakeAsk({ ...(model === undefined ? {} : { model }), models })).candidates.map(
    (one) => one.endpoint.upstreamModel,
  );
};
const failure = (body: Parameters<typeof fakeAsk>[0]): GatewayError => {
  try {
    resolve(fakeAsk(body));
  } catch (err) {
    if (err instanceof GatewayError) return err;
  }
  throw new Error('It should have been refused.');
};

describe('a model is found by', () => {
  it.each([
    'acme/writer-1',
    'ACME/Writer-1',
    'scribe',
    'SCRIBE',
    'writer-1',
    'writer@2024-01-01',
    'pen-2.0@20240620',
  ])('%s', (name) => {
    expect(resolve(fakeAsk({ model: name })).candidates[0]?.model.id).toBe('acme/writer-1');
  });

  it('what the client wrote is kept', () => {
    expect(resolve(fakeAsk({ model: 'SCRIBE:floor' })).requested).toBe('SCRIBE:floor');
  });
});

describe('a variant', () => {
  it(':floor tries the cheapest first', () => {
    expect(upstream('scribe:floor')).toEqual(['b-free', 'b', 'a']);
  });

  it(':nitro tries the fastest first, and keeps the configured order without data', () => {
    expect(upstream('scribe:nitro')).toEqual(['a', 'b', 'b-free']);
    const route = resolve(
      fakeAsk(
        { model: 'scribe:Nitro' },
        { health: { throughput: (id) => (id === 'beta/acme/writer-1' ? 90 : undefined) } },
      ),
    );
    expect(route.candidates.map((one) => one.endpoint.upstreamModel)).toEqual(['b', 'a', 'b-free']);
  });

  it(':free leaves free endpoints only', () => {
    const route = resolve(fakeAsk({ model: 'scribe:free' }));
    expect(route.candidates.map((one) => one.endpoint.upstreamModel)).toEqual(['b-free']);
    expect(route.excluded.map((one) => one.filter)).toEqual(['free', 'free']);
  });

  it('gives way to a model with that very id', () => {
    expect(upstream('acme/reader:free')).toEqual(['r-free']);
    expect(upstream('acme/reader')).toEqual(['r']);
  });

  it('that nobody knows makes an unknown model', () => {
    expect(failure({ model: 'scribe:turbo' }).status).toBe(404);
  });
});

describe('a list of models', () => {
  it('is tried in its order, model before models', () => {
    expect(upstream('acme/reader', 'scribe:floor')).toEqual(['r', 'b-free', 'b', 'a']);
  });

  it('works without model', () => {
    const route = resolve(fakeAsk({ models: ['acme/reader', 'scribe:floor'] }));
    expect(route.requested).toBe('acme/reader');
    expect(route.candidates).toHaveLength(4);
  });

  it('skips unknown names while one is known', () => {
    expect(upstream('acme/unknown', 'acme/reader', 'nobody/nothing')).toEqual(['r']);
  });

  it('holds each model once, under whatever names', () => {
    expect(upstream('acme/reader', 'READER', 'reader')).toEqual(['r']);
  });

  it('is sorted across models with partition none', () => {
    const provider = { sort: { by: 'price', partition: 'none' } } as const;
    const route = resolve(fakeAsk({ model: 'acme/reader', models: ['scribe'], provider }));
    expect(route.candidates.map((one) => one.endpoint.upstreamModel)).toEqual(['b-free', 'r', 'b', 'a']);
  });
});

describe('a refusal', () => {
  it('400 names the field when no model is asked for', () => {
    expect(failure({})).toMatchObject({ status: 400, param: 'model', kind: 'invalid_request' });
  });

  it('404 has near names for an unknown model', () => {
    const error = failure({ model: 'acme/writter-1' });
    expect(error).toMatchObject({ status: 404, param: 'model', origin: 'client' });
    expect(error.metadata['suggestions']).toEqual(['acme/writer-1']);
    expect(error.message).toContain('acme/writer-1');
  });

  it('404 without near names for something far from all', () => {
    expect(failure({ model: 'completely-different-name' }).metadata['suggestions']).toEqual([]);
    expect(failure({ model: '☃'.repeat(256) }).metadata['suggestions']).toEqual([]);
  });
});
