import { get as httpGet } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorResponder, principalSlot, type Principal } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import { createCatalogue } from '../catalogue/create-catalogue.ts';
import { fakeProvider } from '../testing/index.ts';
import { modelRoutes } from './model-routes.ts';

const price = (usd: string): { prompt: string; completion: string } => ({ prompt: usd, completion: usd });
const providers = [
  fakeProvider('alpha', { retainsPrompts: true }),
  fakeProvider('lab', { trainsOnPrompts: true, cancellation: 'drains' }),
];
const catalogue = createCatalogue({
  providers,
  models: [
    {
      id: 'acme/small',
      created: 10,
      contextLength: 8_000,
      endpoints: [{ provider: 'alpha', model: 's', pricing: price('0.000001') }],
    },
    {
      id: 'acme/large',
      created: 30,
      contextLength: 200_000,
      inputModalities: ['text', 'image'],
      endpoints: [
        { provider: 'lab', model: 'l', pricing: price('0.000005'), supportedParameters: ['tools', 'seed'] },
        { provider: 'alpha', model: 'l', pricing: price('0.000006') },
      ],
    },
    {
      id: 'other/vectors',
      created: 20,
      outputModalities: ['embeddings'],
      endpoints: [{ provider: 'lab', model: 'v', pricing: price('0.0000001') }],
    },
  ],
});
let server: TestServer;
beforeAll(async () => {
  const app = express();
  app.use((req, _res, next) => {
    const allowTraining = req.get('x-allow') === 'yes';
    principalSlot.set(req, { allowTraining } as Principal);
    next();
  });
  const health = { healthy: (id: string) => !id.startsWith('lab/'), latencyMs: (id: string) => id.length };
  app.use('/v1', modelRoutes({ catalogue, health }), errorResponder());
  server = await serve(app);
});
afterAll(() => server.close());

const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/v1${path}`, { headers });
const json = async (path: string, headers?: Record<string, string>): Promise<Record<string, unknown>> =>
  (await (await get(path, headers)).json()) as Record<string, unknown>;
const idsOf = (body: Record<string, unknown>): string =>
  (body['data'] as { id: string }[]).map((one) => one.id.split('/')[1]).join(' ');

describe('GET /models', () => {
  it.each([
    ['', 'small large vectors'],
    ['?category=programming', 'small large vectors'],
    ['?q=LARGE', 'large'],
    ['?supported_parameters=tools,seed', 'large'],
    ['?supported_parameters=tools,unheard', ''],
    ['?input_modalities=image', 'large'],
    ['?output_modalities=text', 'small large'],
    ['?output_modalities=text,embeddings', 'small large vectors'],
    ['?output_modalities=all', 'small large vectors'],
    ['?providers=LAB', 'large vectors'],
    ['?model_authors=other', 'vectors'],
    ['?zdr=true', 'large vectors'],
    ['?context=8001', 'large'],
    ['?min_price=1&max_price=4.9', 'small'],
    ['?max_output_price=0.5', 'vectors'],
    ['?sort=newest', 'large vectors small'],
    ['?sort=pricing-low-to-high', 'vectors small large'],
    ['?sort=pricing-high-to-low', 'large small vectors'],
    ['?sort=context-high-to-low', 'large small vectors'],
    ['?sort=most-popular', 'small large vectors'],
    ['?offset=1', 'large vectors'],
    ['?limit=1&offset=1', 'large'],
    ['?offset=9', ''],
  ])('%s lists %s', async (query, expected) => {
    expect(idsOf(await json(`/models${query}`))).toBe(expected);
  });

  it('counts all that was found, and links to the next page', async () => {
    expect(await json('/models?limit=2')).toMatchObject({
      object: 'list',
      total_count: 3,
      links: { next: '/v1/models?limit=2&offset=2' },
    });
    expect(await json('/models?limit=2&offset=2')).toMatchObject({ total_count: 3, links: { next: null } });
  });

  it.each(['limit=0', 'limit=1001', 'offset=-1', 'context=many', 'min_price=-1'])(
    'refuses %s by name',
    async (query) => {
      const res = await get(`/models?${query}`);
      expect(res.status).toBe(400);
      expect(await res.json()).toMatchObject({ error: { param: query.split('=')[0] } });
    },
  );

  it('shows the cheapest price after discount, limits and both shapes of fields', async () => {
    const body = await json('/models');
    expect((body['data'] as unknown[])[1]).toMatchObject({
      id: 'acme/large',
      object: 'model',
      owned_by: 'acme',
      created: 30,
      context_length: 200_000,
      architecture: { modality: 'text+image->text', input_modalities: ['text', 'image'] },
      pricing: { prompt: '0.000005', completion: '0.000005', request: '0', image: '0', discount: 0 },
      supported_parameters: ['seed', 'tools'],
      top_provider: { context_length: 200_000, max_completion_tokens: null, is_moderated: false },
    });
  });

  it('answers 304 to a client that has the list', async () => {
    const etag = (await get('/models')).headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    // Not fetch(): it adds Cache-Control: no-cache to conditional requests, which asks for a whole answer.
    const status = await new Promise((resolve) => {
      httpGet(`${server.url}/v1/models`, { headers: { 'If-None-Match': etag } }, (res) => {
        res.resume();
        resolve(res.statusCode);
      });
    });
    expect(status).toBe(304);
  });

  it('is written anew after a reload', async () => {
    const changing = createCatalogue({ providers });
    const other = await serve(express().use(modelRoutes({ catalogue: changing })));
    const list = async (): Promise<unknown> => (await fetch(`${other.url}/models`)).json();
    expect(await list()).toMatchObject({ total_count: 0 });
    changing.replace({
      providers,
      models: [{ id: 'acme/new', endpoints: [{ provider: 'alpha', model: 'n', free: true }] }],
    });
    expect(await list()).toMatchObject({ total_count: 1, data: [{ id: 'acme/new' }] });
    await other.close();
  });
});

describe('GET /models/count', () => {
  it('counts what a list would have', async () => {
    expect(await json('/models/count')).toEqual({ data: { count: 3 } });
    expect(await json('/models/count?output_modalities=embeddings')).toEqual({ data: { count: 1 } });
  });
});

describe('GET /models/user', () => {
  it('leaves out what only providers that train on prompts offer, and their prices', async () => {
    const body = await json('/models/user');
    expect(idsOf(body)).toBe('small large');
    expect((body['data'] as unknown[])[1]).toMatchObject({ pricing: { prompt: '0.000006' } });
  });

  it('lists all where the account allows it', async () => {
    expect(idsOf(await json('/models/user', { 'x-allow': 'yes' }))).toBe('small large vectors');
  });
});
