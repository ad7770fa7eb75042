import OpenAI, {
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  RateLimitError,
} from 'openai';
import {
  BREAK,
  chunk,
  DONE,
  finishChunk,
  refuse,
  roleChunk,
  streams,
  textChunk,
  textStream,
  usageChunk,
  whole,
} from '@onerouter/core/testing';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answers, embeds } from '../support/answers.ts';
import { KEYS, model, openGateway, type GatewayServer } from '../support/gateway.ts';

const USAGE = { prompt_tokens: 10, completion_tokens: 5 };
const CLAUDE = 'claude-3-5-sonnet@20240620';

const call = (index: number, rest: object): string => chunk({ tool_calls: [{ index, ...rest }] });

let server: GatewayServer;
let sent = 0;
beforeAll(async () => {
  server = await openGateway({
    limits: { maxBodyBytes: 1_000_000 },
    models: [
      model('acme/writer-1', [{ provider: 'alpha' }], { aliases: ['scribe'] }),
      model('anthropic/claude-3.5-sonnet', [{ provider: 'alpha' }], { aliases: [CLAUDE] }),
      model('acme/vectors', [{ provider: 'alpha' }], { outputModalities: ['embeddings'] }),
    ],
  });
});
afterAll(() => server.close());

describe.each(['/v1', '/api/v1'])('the OpenAI SDK with the base URL …%s', (base) => {
  let openai: OpenAI;
  let request: { model: string; messages: { role: 'user'; content: string }[]; seed: number };
  const client = (options: object = {}): OpenAI =>
    new OpenAI({ apiKey: KEYS.key, baseURL: server.url + base, maxRetries: 0, ...options });
  beforeEach(() => {
    openai = client();
    sent += 1;
    // A seed of its own, so that no test is answered from another one's cache.
    request = { model: 'acme/writer-1', messages: [{ role: 'user', content: 'Write.' }], seed: sent };
    server.provider().play(answers(['Hello'], USAGE));
  });

  it('completes a chat', async () => {
    const { data, response } = await openai.chat.completions.create(request).withResponse();
    expect(data).toMatchObject({
      id: response.headers.get('x-generation-id'),
      object: 'chat.completion',
      model: 'acme/writer-1',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost: 0.00002 },
    });
    expect(data).toHaveProperty('_request_id', response.headers.get('x-request-id'));
  });

  it('streams a chat', async () => {
    server.provider().play(textStream('Hel', 'lo ', '🌍'));
    const stream = await openai.chat.completions.create({ ...request, stream: true });
    const chunks = [];
    for await (const one of stream) chunks.push(one);
    expect(chunks.map((one) => one.choices[0]?.delta.content ?? '').join('')).toBe('Hello 🌍');
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
    expect(new Set(chunks.map((one) => one.id)).size).toBe(1);
    expect(chunks.every((one) => !one.usage && one.model === 'acme/writer-1')).toBe(true);
  });

  it.each([{ stream_options: { include_usage: true } }, { usage: { include: true } }])(
    'is shown the usage of a stream at its end with %j',
    async (asking) => {
      server.provider().play(textStream('Hello'));
      const stream = await openai.chat.completions.create({ ...request, ...asking, stream: true });
      const chunks = [];
      for await (const one of stream) chunks.push(one);
      expect(chunks.at(-1)).toMatchObject({
        choices: [],
        usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost: 0.00002 },
      });
      expect(chunks.filter((one) => one.usage)).toHaveLength(1);
      expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    },
  );

  it('gets the arguments of tool calls piece by piece', async () => {
    const pieces = ['{"ci', 'ty":', '"Oslo"}'];
    const next = pieces.map(() => Promise.withResolvers<void>());
    server.provider().play(async (res) => {
      res.setHeader('content-type', 'text/event-stream');
      res.write(
        roleChunk() +
          call(0, { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '' } }),
      );
      for (const [n, piece] of pieces.entries()) {
        await next[n]?.promise;
        res.write(call(0, { function: { arguments: piece } }));
      }
      res.end(finishChunk('tool_calls') + usageChunk() + DONE);
    });
    const tools = [
      { type: 'function' as const, function: { name: 'weather', parameters: { type: 'object' } } },
    ];
    const stream = await openai.chat.completions.create({ ...request, tools, stream: true });
    const got: string[] = [];
    for await (const one of stream) {
      const calls = one.choices[0]?.delta.tool_calls;
      if (!calls) continue;
      const { name, arguments: piece } = calls[0]?.function ?? {};
      if (name === undefined) got.push(piece ?? '');
      // The provider says the next piece only when this one has arrived: a gateway that gathers would hang here.
      next[got.length]?.resolve();
    }
    expect(got).toEqual(pieces);
  });

  it('runs its helper that puts streams together', async () => {
    server.provider().play(textStream('Hel', 'lo'));
    const final = await openai.chat.completions.stream(request).finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe('Hello');
  });

  it.each<[string, () => Promise<unknown>, new (...args: never[]) => Error, object]>([
    [
      'a wrong key',
      () => client({ apiKey: 'sk-or-v1-x' }).chat.completions.create(request),
      AuthenticationError,
      { status: 401, type: 'authentication_error' },
    ],
    [
      'an unknown model',
      () => openai.chat.completions.create({ ...request, model: 'acme/riter-1' }),
      NotFoundError,
      { status: 404, param: 'model' },
    ],
    [
      'a bad field',
      () => openai.chat.completions.create({ ...request, max_tokens: -1 }),
      BadRequestError,
      { status: 400, param: 'max_tokens', code: 400 },
    ],
    [
      'a body over the limit',
      () =>
        openai.chat.completions.create({
          ...request,
          messages: [{ role: 'user', content: 'x'.repeat(1_000_001) }],
        }),
      APIError,
      { status: 413 },
    ],
  ])('gets the error of its type for %s', async (_why, act, type, fields) => {
    const error: unknown = await act().catch((err: unknown) => err);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject(fields);
  });

  it('gets a 402 with what can be afforded', async () => {
    const poor = client({ apiKey: KEYS.limited }).chat.completions.create({ ...request, n: 128 });
    await expect(poor).rejects.toMatchObject({
      status: 402,
      type: 'insufficient_quota',
      error: { metadata: { binding_limit: 'key', affordable_max_tokens: expect.any(Number) as number } },
    });
  });

  it('gets a RateLimitError with the wait that the provider asked for', async () => {
    server.provider().play(refuse(429, {}, { 'retry-after': '3' }), whole('Hello'));
    const error: unknown = await openai.chat.completions.create(request).catch((err: unknown) => err);
    expect(error).toBeInstanceOf(RateLimitError);
    expect((error as RateLimitError).headers.get('retry-after')).toBe('3');
  });

  it('retries by itself what may be retried', async () => {
    server.provider().play(refuse(500), whole('At last'));
    const answer = await client({ maxRetries: 1 }).chat.completions.create(request);
    expect(answer.choices[0]?.message.content).toBe('At last');
  });

  it('is told in the stream when the provider breaks off', async () => {
    server.provider().play(streams(textChunk('Hel'), BREAK));
    const stream = await openai.chat.completions.create({ ...request, stream: true });
    const got: string[] = [];
    await expect(
      (async () => {
        for await (const one of stream) got.push(one.choices[0]?.delta.content ?? '');
      })(),
    ).rejects.toBeInstanceOf(APIError);
    expect(got.join('')).toBe('Hel');
  });

  it('stops a stream', async () => {
    server.provider().play((res) => {
      res.setHeader('content-type', 'text/event-stream');
      res.write(textChunk('Hel'));
    });
    const stream = await openai.chat.completions.create({ ...request, stream: true });
    for await (const one of stream) if (one.choices[0]?.delta.content === 'Hel') break;
    expect(await server.provider().calls.at(-1)?.closed).toBe(true);
  });

  it('stops a request', async () => {
    server.provider().play(() => {});
    const before = server.provider().calls.length;
    const controller = new AbortController();
    const asked = openai.chat.completions.create(request, { signal: controller.signal });
    const failed = expect(asked).rejects.toBeInstanceOf(APIUserAbortError);
    while (server.provider().calls.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await failed;
    expect(await server.provider().calls.at(-1)?.closed).toBe(true);
  });

  it('lists and retrieves models', async () => {
    const listed = [];
    for await (const one of openai.models.list()) listed.push(one.id);
    expect(listed).toEqual(
      expect.arrayContaining(['acme/writer-1', 'anthropic/claude-3.5-sonnet', 'acme/vectors']),
    );
    expect(await openai.models.retrieve('acme/writer-1')).toMatchObject({
      id: 'acme/writer-1',
      object: 'model',
    });
    await expect(openai.models.retrieve('acme/nothing')).rejects.toBeInstanceOf(NotFoundError);
  });

  it('makes embeddings, as numbers and as base64', async () => {
    const usage = { prompt_tokens: 8, completion_tokens: 0, total_tokens: 8 };
    server.provider().play(embeds(usage));
    const asked = { model: 'acme/vectors', input: [`One ${sent}`, 'Two'] };
    const { data, usage: used } = await openai.embeddings.create({ ...asked, encoding_format: 'float' });
    expect(data.map((one) => one.embedding)).toEqual([
      [0.25, -1],
      [0.25, -1],
    ]);
    expect(used).toMatchObject({ prompt_tokens: 8, total_tokens: 8 });
    server.provider().play((res) => {
      res.setHeader('content-type', 'application/json');
      const embedding = Buffer.from(new Float32Array([0.25, -1]).buffer).toString('base64');
      res.end(
        JSON.stringify({ object: 'list', data: [{ object: 'embedding', index: 0, embedding }], usage }),
      );
    });
    expect((await openai.embeddings.create(asked)).data[0]?.embedding).toEqual([0.25, -1]);
  });

  it('makes legacy completions, whole and streamed', async () => {
    server.provider().play(answers(['Once upon'], USAGE));
    const asked = { model: 'acme/writer-1', prompt: 'Tell', seed: request.seed };
    const done = await openai.completions.create(asked);
    expect(done).toMatchObject({
      object: 'text_completion',
      choices: [{ text: 'Once upon', finish_reason: 'stop' }],
    });
    const stream = await openai.completions.create({ ...asked, prompt: 'More', stream: true });
    let text = '';
    for await (const one of stream) text += one.choices[0]?.text ?? '';
    expect(text).toBe('Once upon');
  });

  it('finds a model by its alias with a version', async () => {
    const answer = await openai.chat.completions.create({ ...request, model: CLAUDE });
    expect(answer.model).toBe('anthropic/claude-3.5-sonnet');
    expect(server.provider().calls.at(-1)?.json?.['model']).toBe('alpha-up');
  });
});

describe('the quick start', () => {
  const body = { model: CLAUDE, messages: [{ role: 'user', content: 'What is the meaning of life?' }] };
  beforeEach(() => server.provider().play(answers(['42'], USAGE)));

  it.each(['/v1', '/api/v1'])('works with fetch at %s', async (base) => {
    const response = await fetch(`${server.url}${base}/chat/completions`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${KEYS.key}`,
        'HTTP-Referer': 'https://example.com',
        'X-Title': 'Example',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: '42' } }] });
  });

  it.each(['/v1', '/api/v1'])('works with curl at %s', async (base) => {
    const { stdout } = await promisify(execFile)('curl', [
      `${server.url}${base}/chat/completions`,
      '-s',
      '-H',
      'Content-Type: application/json',
      '-H',
      `Authorization: Bearer ${KEYS.key}`,
      '-d',
      JSON.stringify(body),
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ choices: [{ message: { content: '42' } }] });
  });
});
