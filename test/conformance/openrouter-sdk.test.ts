import { OpenRouter } from '@openrouter/sdk';
import * as errors from '@openrouter/sdk/models/errors';
import {
  chunk,
  DONE,
  finishChunk,
  refuse,
  roleChunk,
  streams,
  textStream,
  usageChunk,
} from '@onerouter/core/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../support/answers.ts';
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

describe('the OpenRouter SDK, unmodified, completes a chat', () => {
  it('in one piece', async () => {
    const answer = await openrouter.chat.send({ ...asking({ stream: false as const }) });
    if (!('choices' in answer)) throw new Error('That was a stream.');
    expect(answer).toMatchObject({
      model: 'acme/writer-1',
      choices: [{ finishReason: 'stop', message: { content: 'Hello' } }],
      usage: { promptTokens: 10, completionTokens: 5, cost: 0.000016 },
    });
  });

  it('as a stream, with usage', async () => {
    server.provider().play(textStream('Hel', 'lo'));
    const stream = await openrouter.chat.send(
      asking({ stream: true as const, streamOptions: { includeUsage: true } }),
    );
    if ('choices' in stream) throw new Error('That was no stream.');
    let text = '';
    let cost: unknown;
    for await (const one of stream) {
      text += one.choices[0]?.delta.content ?? '';
      cost = one.usage?.cost ?? cost;
    }
    expect(text).toBe('Hello');
    expect(cost).toBe(0.000016);
  });

  it('with tool calls in a stream', async () => {
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{}' } };
    server
      .provider()
      .play(
        streams(roleChunk(), chunk({ tool_calls: [call] }), finishChunk('tool_calls'), usageChunk(), DONE),
      );
    const tools = [
      { type: 'function' as const, function: { name: 'weather', parameters: { type: 'object' } } },
    ];
    const stream = await openrouter.chat.send(asking({ stream: true as const, tools }));
    const names = [];
    if ('choices' in stream) throw new Error('That was no stream.');
    for await (const one of stream)
      for (const made of one.choices[0]?.delta.toolCalls ?? []) names.push(made.function?.name);
    expect(names).toEqual(['weather']);
  });

  it('and is told of an error inside a stream', async () => {
    server.provider().play(streams(roleChunk(), chunk({ content: 'Hel' })));
    const stream = await openrouter.chat.send(asking({ stream: true as const }));
    if ('choices' in stream) throw new Error('That was no stream.');
    const seen = [];
    for await (const one of stream) seen.push(one);
    expect(seen.at(-1)).toMatchObject({ error: { code: 502 }, choices: [{ finishReason: 'error' }] });
  });
});

describe('the OpenRouter SDK raises', () => {
  it.each([
    [
      'UnauthorizedResponseError for a wrong key',
      errors.UnauthorizedResponseError,
      () => client('sk-or-v1-x').chat.send(asking()),
    ],
    [
      'NotFoundResponseError for an unknown model',
      errors.NotFoundResponseError,
      () => openrouter.chat.send(asking({ model: 'acme/x' })),
    ],
    [
      'PaymentRequiredResponseError',
      errors.PaymentRequiredResponseError,
      () =>
        client(KEYS.limited).chat.send(
          asking({
            messages: [{ role: 'user', content: 'x'.repeat(300_000) }],
            provider: {},
            model: 'acme/writer-1',
          }),
        ),
    ],
    [
      'ForbiddenResponseError for a management key',
      errors.ForbiddenResponseError,
      () => management.chat.send(asking()),
    ],
  ])('%s', async (_what, type, act) => {
    await expect(act()).rejects.toBeInstanceOf(type);
  });

  it('TooManyRequestsResponseError when the provider limits the rate', async () => {
    server.provider('alpha').play(refuse(429));
    const asked = openrouter.chat.send(asking({ provider: { only: ['alpha'] } }));
    await expect(asked).rejects.toBeInstanceOf(errors.TooManyRequestsResponseError);
  });

  it('BadGatewayResponseError when every provider fails', async () => {
    for (const name of ['alpha', 'beta']) server.provider(name).play(refuse(500));
    await expect(openrouter.chat.send(asking())).rejects.toBeInstanceOf(errors.BadGatewayResponseError);
  });
});
