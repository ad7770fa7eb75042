import { hashKey } from '@onerouter/auth';
import type { Generation } from '@onerouter/core';
import { OpenRouter } from '@openrouter/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRoutes, type RoutesFixture } from './testing/routes-fixture.ts';

const complete = (): Generation => ({
  ...pending(),
  id: 'gen-1',
  status: 'complete',
  model: 'acme/writer-1',
  provider: 'alpha',
  upstreamModel: 'writer-1-upstream',
  upstreamId: 'chatcmpl-9',
  finishReason: 'stop',
  nativeFinishReason: 'end_turn',
  latencyMs: 320,
  generationMs: 1_000,
  tokensPerSecond: 15,
  usage: {
    promptTokens: 10,
    completionTokens: 15,
    cachedTokens: 2,
    reasoningTokens: 5,
    images: 1,
    source: 'provider',
  },
  cost: 1_200_001n,
  lines: [
    { item: 'prompt', quantity: 8, unitPrice: '0.00005', amount: '0.0004' },
    { item: 'completion', quantity: 15, unitPrice: '0.00005', amount: '0.00075' },
  ],
  discount: 0.2,
  attempts: [
    {
      provider: 'beta',
      model: 'acme/writer-1',
      status: 429,
      errorType: 'rate_limit_exceeded',
      latencyMs: 12,
    },
    { provider: 'gamma', model: 'acme/writer-1', status: null, errorType: 'timeout', latencyMs: 2_000 },
    { provider: 'alpha', model: 'acme/writer-1', status: 200, errorType: null, latencyMs: 300 },
  ],
  referer: 'https://app.example.com',
  userAgent: 'test/1',
});
const pending = (): Generation => ({
  id: 'gen-running',
  requestId: 'req-1',
  accountId: 'acc-ann',
  keyId: hashKey('key'),
  surface: 'chat',
  createdAt: 1_790_000_000_000,
  status: 'pending',
  streamed: true,
  requestedModel: 'writer-1',
  model: '',
  provider: '',
  upstreamModel: '',
  upstreamId: null,
  finishReason: null,
  nativeFinishReason: null,
  latencyMs: null,
  generationMs: null,
  tokensPerSecond: null,
  usage: null,
  cost: 0n,
  lines: [],
  discount: 0,
  cacheHit: false,
  cacheSourceId: null,
  attempts: [],
  errorType: null,
  referer: null,
  title: null,
  userAgent: null,
});

describe('GET /generation', () => {
  let routes: RoutesFixture;
  let sdk: OpenRouter;
  beforeAll(async () => {
    routes = await startRoutes();
    sdk = new OpenRouter({ apiKey: routes.ann.apiKey, serverURL: `${routes.url}/api/v1` });
    for (const one of [complete(), pending(), { ...complete(), id: 'gen-bob', accountId: 'acc-bob' }]) {
      routes.generations.set(one.id, one);
    }
  });
  afterAll(() => routes.close());

  const show = async (id: string): Promise<Record<string, unknown>> => {
    const answer = await routes.call(`/generation?id=${id}`, routes.ann.apiKey);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { data: Record<string, unknown> }).data;
  };

  it('shows what ran, what it used and what it cost', async () => {
    expect(await show('gen-1')).toMatchObject({
      id: 'gen-1',
      upstream_id: 'chatcmpl-9',
      request_id: 'req-1',
      created_at: '2026-09-21T14:13:20.000Z',
      model: 'acme/writer-1',
      provider_name: 'alpha',
      api_type: 'completions',
      streamed: true,
      cancelled: false,
      finish_reason: 'stop',
      native_finish_reason: 'end_turn',
      latency: 320,
      generation_time: 1_000,
      tokens_prompt: 10,
      tokens_completion: 15,
      native_tokens_cached: 2,
      native_tokens_reasoning: 5,
      num_media_prompt: 1,
      total_cost: 0.001200001,
      usage: 0.001200001,
      http_referer: 'https://app.example.com',
      user_agent: 'test/1',
      is_byok: false,
    });
  });

  it('adds status, attempts, bill and the source of usage', async () => {
    expect(await show('gen-1')).toMatchObject({
      status: 'complete',
      attempts: complete().attempts,
      lines: complete().lines,
      usage_source: 'provider',
      discount_rate: 0.2,
      tokens_per_second: 15,
      provider_responses: [
        { provider_name: 'beta', status: 429, latency: 12 },
        { provider_name: 'gamma', status: null },
        { provider_name: 'alpha', status: 200 },
      ],
    });
  });

  it('shows a running exchange, without pretending that unknown is zero', async () => {
    expect(await show('gen-running')).toMatchObject({
      status: 'pending',
      model: 'writer-1',
      provider_name: null,
      tokens_prompt: null,
      native_tokens_cached: null,
      usage_source: null,
      total_cost: 0,
      attempts: [],
    });
  });

  it('says when a client left', async () => {
    routes.generations.set('gen-left', { ...complete(), id: 'gen-left', status: 'cancelled' });
    expect(await show('gen-left')).toMatchObject({ status: 'cancelled', cancelled: true });
  });

  it.each(['gen-1', 'gen-running'])('has every field that the official SDK asks for: %s', async (id) => {
    expect(await sdk.generations.getGeneration({ id })).toMatchObject({ data: { id, isByok: false } });
  });

  it("finds neither another account's generation nor an unknown one", async () => {
    for (const id of ['gen-bob', 'gen-nothing', '__proto__', '%00']) {
      const answer = await routes.call(`/generation?id=${id}`, routes.ann.apiKey);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({
        error: { code: 404, param: 'id', metadata: { error_type: 'not_found' } },
      });
    }
  });

  it('asks for the id when there is none, or several', async () => {
    for (const query of ['', '?id=', '?id=a&id=b', '?id[x]=1']) {
      const answer = await routes.call(`/generation${query}`, routes.ann.apiKey);
      expect(answer.status, query).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { param: 'id' } });
    }
  });
});
