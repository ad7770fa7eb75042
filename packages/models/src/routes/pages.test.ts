import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorResponder } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import { createCatalogue } from '../catalogue/create-catalogue.ts';
import { fakeProvider } from '../testing/index.ts';
import { modelRoutes } from './model-routes.ts';

const price = (usd: string): { prompt: string; completion: string } => ({ prompt: usd, completion: usd });
const catalogue = createCatalogue({
  providers: [
    fakeProvider('alpha'),
    fakeProvider('lab', { trainsOnPrompts: true, cancellation: 'drains' }),
    fakeProvider('third'),
  ],
  models: [
    {
      id: 'acme/large',
      contextLength: 200_000,
      endpoints: [
        { provider: 'lab', model: 'l', pricing: price('0.000005'), supportedParameters: ['tools', 'seed'] },
        { provider: 'alpha', model: 'l', pricing: price('0.000006') },
        { provider: 'third', model: 'l', pricing: price('0.000007') },
      ],
    },
  ],
});
let server: TestServer;
beforeAll(async () => {
  const health = {
    healthy: (id: string) => !id.startsWith('lab/'),
    shutForMs: (id: string) => (id.startsWith('third/') ? 5_000 : 0),
  };
  const figures = { p50: 1, p75: 2, p90: 3, p99: 4 };
  const stats = {
    endpoint: (id: string) =>
      id.startsWith('third/')
        ? { latencyMs: figures, throughput: figures, uptime5m: 80, uptime1d: 99.5 }
        : undefined,
  };
  server = await serve(express().use('/v1', modelRoutes({ catalogue, health, stats }), errorResponder()));
});
afterAll(() => server.close());

const get = async (path: string): Promise<Response> => fetch(`${server.url}/v1${path}`);
const json = async (path: string): Promise<Record<string, unknown>> =>
  (await (await get(path)).json()) as Record<string, unknown>;

describe('one model', () => {
  it.each([
    '/models/acme/large',
    '/models/large',
    '/models/acme%2Flarge',
    '/model/acme/large',
    '/models/ACME/Large:floor',
  ])('GET %s', async (path) => {
    expect(await json(path)).toMatchObject({ id: 'acme/large', object: 'model', data: { id: 'acme/large' } });
  });

  it('404 for an unknown one', async () => {
    expect((await get('/models/acme/unknown')).status).toBe(404);
    expect((await get('/models/acme/unknown/endpoints')).status).toBe(404);
  });
});

describe('GET /models/{author}/{slug}/endpoints', () => {
  it('has every endpoint with its price, state, figures and treatment of prompts', async () => {
    const { data } = (await json('/models/acme/large/endpoints')) as { data: { endpoints: object[] } };
    expect(data.endpoints).toMatchObject([
      {
        provider_name: 'lab',
        status: -1,
        cancellation: 'drains',
        trains_on_prompts: true,
        pricing: { prompt: '0.000005' },
        context_length: 200_000,
        uptime_last_5m: null,
        latency_last_30m: null,
        throughput_last_30m: null,
        supports_tool_choice: { auto: false },
      },
      {
        provider_name: 'alpha',
        status: 0,
        cancellation: 'stops-billing',
        supports_tool_choice: { auto: true },
      },
      {
        provider_name: 'third',
        status: -2,
        uptime_last_5m: 80,
        uptime_last_30m: null,
        uptime_last_1d: 99.5,
        latency_last_30m: { p50: 1, p75: 2, p90: 3, p99: 4 },
        throughput_last_30m: { p50: 1, p75: 2, p90: 3, p99: 4 },
      },
    ]);
  });

  it('answers by alias, too', async () => {
    expect(await json('/models/large/endpoints')).toMatchObject({ data: { id: 'acme/large' } });
  });
});

describe('GET /providers', () => {
  it('lists every configured provider', async () => {
    expect(await json('/providers')).toMatchObject({
      data: [
        { name: 'alpha', slug: 'alpha', privacy_policy_url: null },
        { name: 'lab', slug: 'lab' },
        { name: 'third', slug: 'third' },
      ],
    });
  });
});
