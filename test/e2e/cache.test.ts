import { refuse, textChunk, textStream, whole, type Script } from '@onerouter/core/testing';
import { describe, expect, it } from 'vitest';
import { answers } from '../support/answers.ts';
import { at, gatewayServer, KEYS, model, PRICING } from '../support/gateway.ts';
import { eventsOf, saidIn } from '../support/reading.ts';

// 10 tokens of prompt and 5 of completion: $0.00002 at first, 10 × $0.0000001 = $0.000001 from the cache.
const models = [
  model('acme/writer-1', [{ provider: 'alpha', pricing: { ...PRICING, input_cache_read: '0.0000001' } }]),
];

describe('an identical request', () => {
  it('is answered without a call, costs its prompt at the cached price, and has an id of its own', async () => {
    const server = await gatewayServer({ models });
    const first = await server.ask();
    const second = await server.ask();
    expect(first.headers.get('x-onerouter-cache')).toBe('miss');
    expect(second.headers.get('x-onerouter-cache')).toBe('hit');
    expect(second.json['choices']).toEqual(first.json['choices']);
    expect(second.json['id']).not.toBe(first.json['id']);
    expect(second.json['id']).toBe(second.headers.get('x-generation-id'));
    expect(second.json['cost']).toBe(0.000001);
    expect(server.provider().calls).toHaveLength(1);
    expect(await server.spent()).toBe('0.000021');
    expect(await server.generation(String(second.json['id']))).toMatchObject({
      status: 'complete',
      total_cost: 0.000001,
      cache_hit: true,
      response_cache_source_id: first.json['id'],
      attempts: [],
      lines: [{ item: 'cache_read', quantity: 10, unitPrice: '0.0000001', amount: '0.000001' }],
    });
  });

  it('pays the prompt price where there is no cached one, and no price of the request', async () => {
    const pricing = { ...PRICING, request: '0.5' };
    const server = await gatewayServer({
      models: [model('acme/writer-1', [{ provider: 'alpha', pricing }])],
    });
    expect((await server.ask()).json['cost']).toBe(0.50002);
    expect((await server.ask()).json['cost']).toBe(0.00001);
  });

  it('gets as a stream what was stored whole', async () => {
    const server = await gatewayServer({ models });
    server.provider().play(whole('Hello you'));
    await server.ask();
    const response = await server.chat({ stream: true, stream_options: { include_usage: true } });
    const text = await response.text();
    expect(response.headers.get('x-onerouter-cache')).toBe('hit');
    expect(saidIn(text)).toBe('Hello you');
    const events = eventsOf(text);
    expect(events.every((event) => event['id'] === response.headers.get('x-generation-id'))).toBe(true);
    expect(events.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 10, cost: 0.000001 } });
  });

  it('gets whole what was stored as a stream', async () => {
    const server = await gatewayServer({ models });
    server.provider().play(textStream('Hello', ' you'));
    await (await server.chat({ stream: true })).text();
    const { json, headers } = await server.ask();
    expect(headers.get('x-onerouter-cache')).toBe('hit');
    expect(json['object']).toBe('chat.completion');
    expect(at(json, 'choices.0')).toMatchObject({
      message: { role: 'assistant', content: 'Hello you' },
      finish_reason: 'stop',
    });
    expect(at(json, 'usage.completion_tokens')).toBe(5);
    expect(server.provider().calls).toHaveLength(1);
  });

  it('is recognised whatever the order of its properties and its presentation', async () => {
    const server = await gatewayServer({ models });
    await server
      .post(
        '/v1/chat/completions',
        '{"model":"acme/writer-1","temperature":1,"messages":[{"role":"user","content":"x"}]}',
      )
      .then((res) => res.text());
    const again = await server.post(
      '/api/v1/chat/completions',
      '{"user":"u","metadata":{"a":"b"},"messages":[{"content":"x","role":"user"}], "temperature":1.0,"model":"acme/writer-1","usage":{"include":true}}',
    );
    expect(again.headers.get('x-onerouter-cache')).toBe('hit');
    await again.text();
  });

  it.each([{ temperature: 1 }, { seed: 1 }, { max_tokens: 5 }, { tools: [] }, { foo: null }])(
    'is another one with %j',
    async (more) => {
      const server = await gatewayServer({ models });
      await server.ask();
      expect((await server.ask(more)).headers.get('x-onerouter-cache')).toBe('miss');
    },
  );

  it('of another account is answered anew', async () => {
    const server = await gatewayServer({ models });
    await server.ask();
    server.provider().play(whole('For the stranger'));
    const { json, headers } = await server.ask({}, { key: KEYS.stranger });
    expect(headers.get('x-onerouter-cache')).toBe('miss');
    expect(at(json, 'choices.0.message.content')).toBe('For the stranger');
    expect(server.provider().calls).toHaveLength(2);
  });

  it('of another key of the same account is a hit', async () => {
    const server = await gatewayServer({ models });
    await server.ask();
    expect((await server.ask({}, { key: KEYS.limited })).headers.get('x-onerouter-cache')).toBe('hit');
  });

  it('with no-cache is answered anew, and the new answer is kept', async () => {
    const server = await gatewayServer({ models });
    await server.ask();
    server.provider().play(whole('Newer'));
    const fresh = await server.ask({}, { headers: { 'cache-control': 'no-cache' } });
    expect(fresh.headers.get('x-onerouter-cache')).toBe('miss');
    expect(fresh.json['cost']).toBe(0.00002);
    const after = await server.ask();
    expect(at(after.json, 'choices.0.message.content')).toBe('Newer');
    expect(after.headers.get('x-onerouter-cache')).toBe('hit');
  });
});

describe('an answer that is no whole 2xx', () => {
  it.each<[string, Script, object]>([
    ['an error', refuse(429), {}],
    [
      'a stream that broke off',
      (res) => void res.writeHead(200, { 'content-type': 'text/event-stream' }).end(textChunk('Hel')),
      { stream: true },
    ],
  ])('is not kept: %s', async (_what, script, fields) => {
    const server = await gatewayServer({ models });
    server.provider().play(script, answers(['Better'], { prompt_tokens: 10, completion_tokens: 5 }));
    await (await server.chat(fields)).text();
    const { json, headers } = await server.ask();
    expect(headers.get('x-onerouter-cache')).toBe('miss');
    expect(at(json, 'choices.0.message.content')).toBe('Better');
  });
});
