import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEYS, model, openGateway, type Fields, type GatewayServer } from '../support/gateway.ts';

import { refusal } from '../support/refusal.ts';

const CHAT = '/v1/chat/completions';
const MESSAGES = [{ role: 'user', content: 'Write.' }];
const GOOD = { model: 'acme/writer-1', messages: MESSAGES };

let server: GatewayServer;
beforeAll(async () => {
  const models = [
    model('acme/writer-1', [{ provider: 'alpha' }], { aliases: ['scribe', 'claude-3-5-sonnet-20240620'] }),
    model('acme/painter', [{ provider: 'alpha' }]),
  ];
  server = await openGateway({ models, limits: { maxBodyBytes: 100_000 } });
});
afterAll(async () => {
  const spent = await server.spent();
  await server.close();
  // What is wrong costs nothing; the good requests among these tests say so themselves.
  expect(spent).toBe('0.00008');
});

describe('a caller', () => {
  it.each([
    ['without a key', null, 401],
    ['with an unknown key', `sk-or-v1-${'9'.repeat(64)}`, 401],
    ['with something that is no key', 'Hello', 401],
    ['with an empty key', '', 401],
    ['with a management key', KEYS.management, 403],
  ])('%s is refused', async (_who, key, status) => {
    const error = await refusal(server.post(CHAT, GOOD, { key }));
    expect(error['code']).toBe(status);
    expect(JSON.stringify(error)).not.toContain('9999');
  });

  it('with another scheme than Bearer is refused', async () => {
    const error = await refusal(
      server.post(CHAT, GOOD, { key: null, headers: { authorization: 'Basic eDp5' } }),
    );
    expect(error['code']).toBe(401);
  });
});

describe('a body', () => {
  it.each<[string, string | Uint8Array, number]>([
    ['is empty', '', 400],
    ['is not JSON', '{"model":', 400],
    ['is a list', '[]', 400],
    ['is a number', '42', 400],
    ['is null', 'null', 400],
    ['is a text', '"hello"', 400],
    ['has no model', JSON.stringify({ messages: MESSAGES }), 400],
    ['has no messages', '{"model":"acme/writer-1"}', 400],
    ['has an empty list of messages', '{"model":"acme/writer-1","messages":[]}', 400],
    ['has messages that are none', '{"model":"acme/writer-1","messages":[1,null]}', 400],
    ['has a model that is no text', JSON.stringify({ model: 7, messages: MESSAGES }), 400],
    ['has an empty model', JSON.stringify({ model: '', messages: MESSAGES }), 400],
    ['is over the limit', JSON.stringify({ ...GOOD, pad: 'x'.repeat(100_001) }), 413],
    ['is nested ten thousand deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 400],
    [
      'has a text that is no UTF-8',
      Buffer.from(JSON.stringify(GOOD).replace('Write.', '\u00ff'), 'latin1'),
      400,
    ],
    ['is no UTF-8', Buffer.from('7b226d6f64656c223a22ff227d', 'hex'), 400],
  ])('that %s is refused', async (_what, body, status) => {
    expect((await refusal(server.post(CHAT, body)))['code']).toBe(status);
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
  ])('of type %s is refused', async (type, status) => {
    expect(
      (await refusal(server.post(CHAT, JSON.stringify(GOOD), { headers: { 'content-type': type } })))['code'],
    ).toBe(status);
  });

  it('without a type is refused', async () => {
    const response = fetch(server.url + CHAT, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEYS.key}` },
      body: Buffer.from(JSON.stringify(GOOD)),
    });
    expect((await refusal(response))['code']).toBe(415);
  });

  it('over the limit whose length is not announced is refused', async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(Buffer.alloc(64 * 1024, ' '));
        if ((sent += 1) > 10) controller.close();
      },
    });
    let sent = 0;
    const response = fetch(server.url + CHAT, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEYS.key}`, 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect((await refusal(response))['code']).toBe(413);
  });

  it.each([-1, 0, 1.5, 1e12, 1e308, '100', true, [], {}])('with max_tokens %j is refused', async (limit) => {
    const error = await refusal(server.post(CHAT, { ...GOOD, max_tokens: limit }));
    expect(error).toMatchObject({ code: 400, param: 'max_tokens' });
    const other = await refusal(server.post(CHAT, { ...GOOD, max_completion_tokens: limit }));
    expect(other).toMatchObject({ code: 400, param: 'max_completion_tokens' });
  });

  it.each([
    [{ n: 0 }, 'n'],
    [{ n: 1e6 }, 'n'],
    [{ stream: 'yes' }, 'stream'],
    [{ models: 'acme/painter' }, 'models'],
    [{ provider: 'alpha' }, 'provider'],
    [{ provider: { order: 'alpha' } }, 'provider.order'],
    [{ provider: { sort: 'beauty' } }, 'provider.sort'],
    [{ provider: { max_price: { prompt: -1 } } }, 'provider.max_price.prompt'],
  ])('with %j is refused, and the field is named', async (fields, param) => {
    const error = await refusal(server.post(CHAT, { ...GOOD, ...fields }));
    expect(error).toMatchObject({ code: 400, param });
  });

  it('with parameters that nobody knows goes upstream with them', async () => {
    const unknown = {
      novel_parameter: { deep: [1, { x: null }] },
      temperature: 3,
      logit_bias: { '50256': -100 },
    };
    const response = await server.post(CHAT, { ...GOOD, ...unknown });
    expect(response.status).toBe(200);
    await response.text();
    expect(server.provider().calls.at(-1)?.json).toMatchObject(unknown);
  });

  it('with fields that the gateway owns goes upstream without them', async () => {
    const owned = {
      provider: { order: ['alpha'] },
      models: ['acme/painter'],
      usage: { include: true },
      route: 'fallback',
      transforms: [],
      session_id: 's',
    };
    await (await server.post(CHAT, { ...GOOD, ...owned, seed: 1 })).text();
    const sent = server.provider().calls.at(-1)?.json ?? {};
    for (const name of Object.keys(owned)) expect(sent).not.toHaveProperty(name);
    expect(sent['model']).toBe('alpha-up');
  });

  it('with __proto__ and constructor goes upstream as it is and pollutes nothing', async () => {
    const body =
      '{"model":"acme/writer-1","messages":[{"role":"user","content":"Write.","__proto__":{"x":1}}],"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
    const response = await server.post(CHAT, body);
    expect(response.status).toBe(200);
    await response.text();
    expect(({} as Fields)['polluted']).toBeUndefined();
    expect(server.provider().calls.at(-1)?.raw.toString()).toContain('"__proto__":{"polluted":true}');
  });

  it('with a field twice means to the provider what it meant to the gateway', async () => {
    const body =
      '{"max_tokens":4000,"n":100,"model":"acme/painter","messages":[{"role":"user","content":"Write."}],"model":"acme/writer-1","max_tokens":1,"n":1}';
    const response = await server.post(CHAT, body);
    await response.text();
    const sent = server.provider().calls.at(-1)?.raw.toString() ?? '';
    expect(sent.match(/"max_tokens"/g)).toHaveLength(1);
    expect(sent.match(/"n"/g)).toHaveLength(1);
    expect(JSON.parse(sent)).toMatchObject({ model: 'alpha-up', max_tokens: 1, n: 1 });
  });
});
