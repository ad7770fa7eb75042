import express from 'express';
import OpenAI, { NotFoundError } from 'openai';
import { OpenRouter } from '@openrouter/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorResponder } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import { createCatalogue } from '../catalogue/create-catalogue.ts';
import { fakeProvider } from '../testing/index.ts';
import { modelRoutes } from './model-routes.ts';

const catalogue = createCatalogue({
  providers: [
    fakeProvider('alpha'),
    fakeProvider('beta', { trainsOnPrompts: true, displayName: 'Beta Inc.' }),
  ],
  models: [
    {
      id: 'acme/writer-1',
      name: 'Writer 1',
      aliases: ['scribe'],
      contextLength: 128_000,
      inputModalities: ['text', 'image'],
      endpoints: [
        {
          provider: 'alpha',
          model: 'w1',
          discount: 0.2,
          quantization: 'fp8',
          supportedParameters: ['tools', 'tool_choice', 'temperature'],
          pricing: { prompt: '0.00000015', completion: '0.0000006', input_cache_read: '0.000000075' },
        },
        { provider: 'beta', model: 'w1', pricing: { prompt: '0.000001', completion: '0.000002' } },
      ],
    },
    { id: 'acme/lab', endpoints: [{ provider: 'beta', model: 'lab', free: true }] },
    {
      id: 'acme/vectors',
      outputModalities: ['embeddings'],
      endpoints: [{ provider: 'alpha', model: 'v', pricing: { prompt: '0.00000002', completion: '0' } }],
    },
  ],
});
const figures = { p50: 100, p75: 200, p90: 300, p99: 400 };
let server: TestServer;
let openrouter: OpenRouter;
let openai: OpenAI;

beforeAll(async () => {
  const app = express();
  const stats = {
    endpoint: (id: string) => (id.startsWith('alpha/') ? { latencyMs: figures, uptime5m: 99.5 } : undefined),
  };
  app.use('/v1', modelRoutes({ catalogue, stats }), errorResponder());
  server = await serve(app);
  openrouter = new OpenRouter({ apiKey: 'sk-or-v1-test', serverURL: `${server.url}/v1` });
  openai = new OpenAI({ apiKey: 'sk-or-v1-test', baseURL: `${server.url}/v1`, maxRetries: 0 });
});
afterAll(() => server.close());

describe('the OpenRouter SDK reads', () => {
  it('the list of models', async () => {
    const pages = [];
    for await (const page of await openrouter.models.list()) pages.push(page.result);
    expect(pages.flatMap((page) => page.data.map((model) => model.id))).toEqual([
      'acme/writer-1',
      'acme/lab',
      'acme/vectors',
    ]);
    const writer = pages[0]?.data[0];
    expect(writer?.pricing.prompt).toBe('0.00000012');
    expect(writer?.pricing.inputCacheRead).toBe('0.00000006');
    expect(writer?.architecture.modality).toBe('text+image->text');
    expect(pages[0]?.totalCount).toBe(3);
  });

  it('a list with a query', async () => {
    const pages = [];
    for await (const page of await openrouter.models.list({ q: 'writer', limit: 1 })) pages.push(page.result);
    expect(pages.flatMap((page) => page.data.map((model) => model.id))).toEqual(['acme/writer-1']);
  });

  it('every page of a list', async () => {
    const ids = [];
    for await (const page of await openrouter.models.list({ limit: 1 })) {
      ids.push(...page.result.data.map((model) => model.id));
      if (ids.length > 5) break;
    }
    expect(ids).toEqual(['acme/writer-1', 'acme/lab', 'acme/vectors']);
  });

  it('the count', async () => {
    expect((await openrouter.models.count()).data.count).toBe(3);
  });

  it('the embedding models', async () => {
    const found = [];
    for await (const page of await openrouter.embeddings.listModels()) found.push(...page.result.data);
    expect(found.map((model) => model.id)).toEqual(['acme/vectors']);
  });

  it('one model', async () => {
    const { data } = await openrouter.models.get({ author: 'acme', slug: 'writer-1' });
    expect(data.topProvider.contextLength).toBe(128_000);
  });

  it('what the caller may use', async () => {
    const found = [];
    for await (const page of await openrouter.models.listForUser({ bearer: 'sk-or-v1-test' }))
      found.push(...page.result.data);
    expect(found.map((model) => model.id)).toEqual(['acme/writer-1', 'acme/vectors']);
  });

  it('the endpoints of a model', async () => {
    const { data } = await openrouter.endpoints.list({ author: 'acme', slug: 'writer-1' });
    expect(data.endpoints.map((endpoint) => endpoint.providerName)).toEqual(['alpha', 'beta']);
    const [first, second] = data.endpoints;
    expect(first?.latencyLast30m?.p90).toBe(300);
    expect(first?.uptimeLast5m).toBe(99.5);
    expect(first?.tag).toBe('alpha/fp8');
    expect(second?.throughputLast30m).toBeNull();
    expect(second?.uptimeLast1d).toBeNull();
    expect(second?.supportsToolChoice.auto).toBe(true);
  });

  it('the providers', async () => {
    const { data } = await openrouter.providers.list();
    expect(data.map((one) => [one.slug, one.name])).toEqual([
      ['alpha', 'alpha'],
      ['beta', 'Beta Inc.'],
    ]);
  });
});

describe('the OpenAI SDK reads', () => {
  it('the list of models', async () => {
    const ids = [];
    for await (const model of openai.models.list()) ids.push(`${model.object} ${model.id} ${model.owned_by}`);
    expect(ids).toEqual(['model acme/writer-1 acme', 'model acme/lab acme', 'model acme/vectors acme']);
  });

  it('a model by its id, and by an alias', async () => {
    expect((await openai.models.retrieve('acme/writer-1')).id).toBe('acme/writer-1');
    expect((await openai.models.retrieve('scribe')).id).toBe('acme/writer-1');
  });

  it('a 404 with near names for an unknown model', async () => {
    const failure = await openai.models.retrieve('acme/writer-2').catch((err: unknown) => err);
    expect(failure).toBeInstanceOf(NotFoundError);
    expect((failure as NotFoundError).error).toMatchObject({
      code: 404,
      param: 'model',
      metadata: { suggestions: ['acme/writer-1'] },
    });
  });
});
