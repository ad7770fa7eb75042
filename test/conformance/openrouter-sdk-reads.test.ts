import { OpenRouter } from '@openrouter/sdk';
import * as errors from '@openrouter/sdk/models/errors';
import { chunk, DONE, finishChunk, refuse } from '@onerouter/core/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answers, embeds } from '../support/answers.ts';
import { KEYS, model, openGateway, type GatewayServer } from '../support/gateway.ts';

const USAGE = {
  prompt_tokens: 10,
  completion_tokens: 5,
  total_tokens: 15,
  prompt_tokens_details: { cached_tokens: 2 },
  completion_tokens_details: { reasoning_tokens: 1 },
};

let server: GatewayServer;
let openrouter: OpenRouter;
let management: OpenRouter;
let seed = 0;
const client = (apiKey: string): OpenRouter =>
  new OpenRouter({ apiKey, serverURL: `${server.url}/api/v1`, retryConfig: { strategy: 'none' } });
beforeAll(async () => {
  server = await openGateway({
    keyLimitUsd: '0.1',
    providers: { alpha: {}, beta: {} },
    models: [
      model('acme/writer-1', [{ provider: 'alpha', discount: 0.2 }, { provider: 'beta' }], {
        aliases: ['scribe'],
      }),
      model('acme/vectors', [{ provider: 'alpha' }], { outputModalities: ['embeddings'] }),
    ],
  });
  openrouter = client(KEYS.key);
  management = client(KEYS.management);
});
afterAll(() => server.close());
beforeEach(() => {
  seed += 1;
  for (const name of ['alpha', 'beta']) server.provider(name).play(answers(['Hello'], USAGE));
});

const asking = (more: object = {}) => ({
  chatRequest: {
    model: 'acme/writer-1',
    messages: [{ role: 'user' as const, content: 'Write.' }],
    provider: { order: ['alpha'] },
    seed,
    ...more,
  },
});

describe('the OpenRouter SDK reads', () => {
  it('models, their count, one model and its endpoints', async () => {
    const pages = [];
    for await (const page of await openrouter.models.list()) pages.push(...page.result.data);
    expect(pages.map(({ id }) => id)).toContain('acme/writer-1');
    expect((await openrouter.models.count()).data.count).toBeGreaterThan(0);
    expect((await openrouter.models.get({ author: 'acme', slug: 'writer-1' })).data.id).toBe('acme/writer-1');
    const { data } = await openrouter.endpoints.list({ author: 'acme', slug: 'writer-1' });
    expect(data.endpoints.map(({ tag }) => tag).toSorted()).toEqual(['alpha', 'beta']);
    const user = [];
    for await (const page of await openrouter.models.listForUser({ bearer: KEYS.key }))
      user.push(...page.result.data);
    expect(user.length).toBeGreaterThan(0);
  });

  it('providers', async () => {
    expect((await openrouter.providers.list()).data.map(({ slug }) => slug)).toEqual(['alpha', 'beta']);
  });

  it('credits, with either kind of key', async () => {
    await openrouter.chat.send(asking());
    for (const one of [openrouter, management]) {
      const { data } = await one.credits.getCredits();
      expect(data.totalCredits).toBe(10);
      expect(data.totalUsage).toBeGreaterThan(0);
    }
  });

  it('generations: one that was answered, one that failed, one that is running', async () => {
    const answer = await openrouter.chat.send({ ...asking({ stream: false as const }) });
    if (!('choices' in answer)) throw new Error('That was a stream.');
    const { data } = await openrouter.generations.getGeneration({ id: answer.id });
    expect(data).toMatchObject({
      id: answer.id,
      model: 'acme/writer-1',
      providerName: 'alpha',
      totalCost: 0.000016,
      tokensPrompt: 10,
      tokensCompletion: 5,
      nativeTokensCached: 2,
      nativeTokensReasoning: 1,
      finishReason: 'stop',
      cancelled: false,
    });
    server.provider().play(refuse(400));
    const failed = await server.ask({ seed: -seed, provider: { only: ['alpha'] } });
    const id = failed.headers.get('x-generation-id') ?? '';
    expect((await openrouter.generations.getGeneration({ id })).data).toMatchObject({
      totalCost: 0,
      finishReason: null,
    });

    const end = Promise.withResolvers<void>();
    server.provider().play(async (res) => {
      res.setHeader('content-type', 'text/event-stream');
      res.write(chunk({ content: 'Hel' }));
      await end.promise;
      res.end(finishChunk() + DONE);
    });
    const running = await server.chat({ seed: -seed, stream: true, provider: { only: ['alpha'] } });
    const pending = running.headers.get('x-generation-id') ?? '';
    expect((await openrouter.generations.getGeneration({ id: pending })).data.totalCost).toBe(0);
    end.resolve();
    await running.text();
  });

  it('its own key, of each kind', async () => {
    const own = (await openrouter.apiKeys.getCurrentKeyMetadata()).data;
    expect(own).toMatchObject({ isManagementKey: false, limit: null });
    expect(own.label).toMatch(/^sk-or-v1-111\.\.\.111$/);
    expect((await client(KEYS.limited).apiKeys.getCurrentKeyMetadata()).data.limitRemaining).toBe(0.1);
    expect((await management.apiKeys.getCurrentKeyMetadata()).data.isManagementKey).toBe(true);
  });

  it('embeddings', async () => {
    server.provider().play(embeds({ prompt_tokens: 8, completion_tokens: 0, total_tokens: 8 }));
    const made = await openrouter.embeddings.generate({
      requestBody: { model: 'acme/vectors', input: `One ${seed}` },
    });
    expect(made).toMatchObject({ data: [{ embedding: [0.25, -1] }] });
  });
});

describe('the OpenRouter SDK administers keys', () => {
  it('from creation to deletion, and a key that is gone is refused at once', async () => {
    const made = await management.apiKeys.create({ requestBody: { name: 'made', limit: 0.5 } });
    expect(made.key).toMatch(/^sk-or-v1-[0-9a-f]{64}$/);
    const { hash } = made.data;
    await client(made.key).chat.send(asking());
    expect((await management.apiKeys.get({ hash })).data).toMatchObject({
      name: 'made',
      limit: 0.5,
      usage: 0.000016,
    });
    expect((await management.apiKeys.list()).data.map((one) => one.hash)).toContain(hash);
    expect((await management.apiKeys.update({ hash, requestBody: { disabled: true } })).data.disabled).toBe(
      true,
    );
    await expect(client(made.key).chat.send(asking())).rejects.toBeInstanceOf(
      errors.UnauthorizedResponseError,
    );
    expect((await management.apiKeys.list()).data.map((one) => one.hash)).not.toContain(hash);
    expect((await management.apiKeys.list({ includeDisabled: true })).data.map((one) => one.hash)).toContain(
      hash,
    );
    expect(await management.apiKeys.delete({ hash })).toEqual({ deleted: true });
    await expect(management.apiKeys.get({ hash })).rejects.toBeInstanceOf(errors.NotFoundResponseError);
  });
});
