import OpenAI, { NotFoundError } from 'openai';
import { chunk, DONE, finishChunk, roleChunk, textStream, usageChunk } from '@onerouter/core/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answers, embeds } from '../support/answers.ts';
import { KEYS, model, openGateway, type GatewayServer } from '../support/gateway.ts';

const USAGE = { prompt_tokens: 10, completion_tokens: 5 };

const call = (index: number, rest: object): string => chunk({ tool_calls: [{ index, ...rest }] });

let server: GatewayServer;
let sent = 0;
beforeAll(async () => {
  server = await openGateway({
    models: [
      model('acme/writer-1', [{ provider: 'alpha' }], { aliases: ['scribe'] }),
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

  it('lists and retrieves models', async () => {
    const listed = [];
    for await (const one of openai.models.list()) listed.push(one.id);
    expect(listed).toEqual(expect.arrayContaining(['acme/writer-1', 'acme/vectors']));
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
});
