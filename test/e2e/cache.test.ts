import {
  DONE,
  finishChunk,
  refuse,
  roleChunk,
  textChunk,
  textStream,
  usageChunk,
  whole,
  type Script,
} from '@onerouter/core/testing';
import { describe, expect, it } from 'vitest';
import { answers } from '../support/answers.ts';
import { at, gatewayServer, KEYS, model, PRICING, until, type GatewayServer } from '../support/gateway.ts';
import { eventsOf, Reading, saidIn } from '../support/reading.ts';

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

describe('identical requests at the same time', () => {
  it('make one call: the first pays in full, the others like hits', async () => {
    const { server, end } = await held();
    const asked = Array.from({ length: 5 }, (_, n) => server.chat({ stream: n % 2 === 0 }));
    await until(() => server.gateway.running.count === 5);
    end();
    const texts = await Promise.all(asked.map(async (one) => (await one).text()));
    expect(server.provider().calls).toHaveLength(1);
    for (const [n, text] of texts.entries()) {
      expect(n % 2 === 0 ? saidIn(text) : at(JSON.parse(text), 'choices.0.message.content')).toBe('Hello');
    }
    // 0.00002 + 4 × 0.000001
    expect(await server.spent()).toBe('0.000024');
  });

  it('go on when the first leaves, which pays all the same', async () => {
    const { server, end } = await held();
    const leave = new AbortController();
    const leader = await server.chat({ stream: true }, { signal: leave.signal });
    await new Reading(leader).until('Hel');
    const followers = [server.chat({ stream: true }), server.chat({})];
    await until(() => server.gateway.running.count === 3);
    leave.abort();
    await until(
      async () => (await server.generation(leader.headers.get('x-generation-id')))['status'] === 'pending',
    );
    end();
    const [first, second] = await Promise.all(followers.map(async (one) => (await one).text()));
    expect(saidIn(first ?? '')).toBe('Hello');
    expect(at(JSON.parse(second ?? ''), 'choices.0.message.content')).toBe('Hello');
    expect(server.provider().calls).toHaveLength(1);
    await server.settled();
    const generation = await server.generation(leader.headers.get('x-generation-id'));
    expect(generation).toMatchObject({ total_cost: 0.00002, cancelled: true });
    expect(await server.spent()).toBe('0.000022');
  });

  it('run by themselves when the first fails before output', async () => {
    const { server } = await held();
    const end = Promise.withResolvers<void>();
    server.provider().play(async (res, call) => {
      await end.promise;
      await refuse(500)(res, call);
    }, whole('Second try'));
    const asked = [server.ask(), server.ask()];
    await until(() => server.gateway.running.count === 2);
    end.resolve();
    const statuses = (await Promise.all(asked)).map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, 502]);
    expect(await server.spent()).toBe('0.00002');
  });

  it('of two accounts make two calls', async () => {
    const { server, end } = await held();
    const asked = [server.chat({ stream: true }), server.chat({ stream: true }, { key: KEYS.stranger })];
    await until(() => server.provider().calls.length === 2);
    end();
    for (const one of asked) await (await one).text();
  });
});

/** A gateway whose provider says half a word, and the rest when the test says so. */
async function held(): Promise<{ server: GatewayServer; end: () => void }> {
  const server = await gatewayServer({ models });
  const rest = Promise.withResolvers<void>();
  server.provider().play(async (res, call) => {
    if (call.json?.['stream'] !== true) {
      await rest.promise;
      return answers(['Hello'], { prompt_tokens: 10, completion_tokens: 5 })(res, call);
    }
    res.setHeader('content-type', 'text/event-stream');
    res.write(roleChunk() + textChunk('Hel'));
    await rest.promise;
    res.end(textChunk('lo') + finishChunk() + usageChunk() + DONE);
  });
  return { server, end: rest.resolve };
}
