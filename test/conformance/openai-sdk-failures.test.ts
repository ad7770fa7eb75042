import OpenAI, {
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  RateLimitError,
} from 'openai';
import { BREAK, refuse, streams, textChunk, whole } from '@onerouter/core/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../support/answers.ts';
import { KEYS, openGateway, type GatewayServer } from '../support/gateway.ts';

const USAGE = { prompt_tokens: 10, completion_tokens: 5 };

let server: GatewayServer;
let sent = 0;
beforeAll(async () => {
  server = await openGateway({ limits: { maxBodyBytes: 1_000_000 } });
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
});
