import { refuse, textStream, whole } from '@onerouter/core/testing';
import { describe, expect, it } from 'vitest';
import { at, gatewayServer, KEYS, type GatewayServer } from '../support/gateway.ts';
import { newKey, under } from './support.ts';

const STREAM = { stream: true, stream_options: { include_usage: true } };

async function text(response: Promise<Response>): Promise<[string, Headers]> {
  const { headers, ...rest } = await response.then(async (got) => ({
    headers: got.headers,
    body: await got.text(),
  }));
  return [rest.body, headers];
}

async function spentAfter(server: GatewayServer): Promise<string> {
  await server.settled();
  return server.spent();
}

describe('a repeat with the same key and body', () => {
  it.each([
    ['a whole answer', {}, whole('Hello')],
    ['a stream', STREAM, textStream('Hel', 'lo')],
  ])(
    'gets %s again, byte by byte, under the same generation, for one charge',
    async (_what, fields, script) => {
      const server = await gatewayServer({ cache: { ttlMs: 0 } });
      server.provider().play(script);
      const key = newKey();
      const [first, firstHeaders] = await text(server.chat(fields, under(key)));
      const spent = await spentAfter(server);
      const [again, headers] = await text(server.chat(fields, under(key)));
      expect(first).toContain('lo');
      expect(again).toBe(first);
      expect(headers.get('idempotency-replayed')).toBe('true');
      expect(firstHeaders.get('idempotency-replayed')).toBeNull();
      expect(headers.get('content-type')).toBe(firstHeaders.get('content-type'));
      expect(headers.get('x-generation-id')).toBe(firstHeaders.get('x-generation-id'));
      expect(server.provider().calls).toHaveLength(1);
      expect(await spentAfter(server)).toBe(spent);
      expect((await server.generation(headers.get('x-generation-id')))['total_cost']).toBe(Number(spent));
    },
  );

  it('is the same when the fields stand in another order', async () => {
    const server = await gatewayServer({ cache: { ttlMs: 0 } });
    const key = newKey();
    const messages = [{ role: 'user', content: 'Hi' }];
    const first = await server.post('/v1/chat/completions', { model: 'acme/writer-1', messages }, under(key));
    const body = '{ "messages": [{"content":"Hi","role":"user"}],  "model":"acme/writer-1" }';
    const again = await server.post('/v1/chat/completions', body, under(key));
    expect(await again.text()).toBe(await first.text());
    expect(server.provider().calls).toHaveLength(1);
  });

  it('is answered for completions and embeddings, too', async () => {
    const server = await gatewayServer({ cache: { ttlMs: 0 } });
    for (const [path, body] of [
      ['/v1/completions', { model: 'acme/writer-1', prompt: 'Hi' }],
      ['/v1/embeddings', { model: 'acme/writer-1', input: 'Hi' }],
    ] as const) {
      const key = newKey();
      server.provider().play(
        refuse(200, {
          object: 'list',
          data: [{ embedding: [1] }],
          choices: [{ index: 0, text: 'Hi', finish_reason: 'stop' }],
          usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
        }),
      );
      const first = await (await server.post(path, body, under(key))).text();
      const again = await server.post(path, body, under(key));
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(await again.text()).toBe(first);
    }
    expect(server.provider().calls).toHaveLength(2);
  });
});

describe('what is not the same request', () => {
  it('another body under the key is refused, and costs nothing', async () => {
    const server = await gatewayServer();
    const key = newKey();
    await server.ask({}, under(key));
    const spent = await spentAfter(server);
    const refused = await server.ask({ temperature: 1 }, under(key));
    expect(refused.status).toBe(409);
    expect(at(refused.json, 'error.metadata')).toMatchObject({ reason: 'mismatch', origin: 'gateway' });
    expect(server.provider().calls).toHaveLength(1);
    expect(await spentAfter(server)).toBe(spent);
  });

  it("another account's same key, and another API key's, are their own", async () => {
    const server = await gatewayServer({ cache: { ttlMs: 0 } });
    const key = newKey();
    const ids = new Set<string | null>();
    for (const caller of [KEYS.key, KEYS.stranger, KEYS.limited]) {
      const answered = await server.ask({}, under(key, { key: caller }));
      expect(answered.headers.get('idempotency-replayed')).toBeNull();
      ids.add(answered.headers.get('x-generation-id'));
    }
    expect(ids.size).toBe(3);
    expect(server.provider().calls).toHaveLength(3);
  });

  it('requests without a key are', async () => {
    const server = await gatewayServer({ cache: { ttlMs: 0 } });
    await server.ask();
    await server.ask();
    expect(server.provider().calls).toHaveLength(2);
  });

  it.each([[''], ['a b'], ['x'.repeat(256)], ['schl\u00fcssel']])('the key "%s" is refused', async (key) => {
    const server = await gatewayServer();
    const refused = await server.ask({}, under(key));
    expect(refused.status).toBe(400);
    expect(at(refused.json, 'error.param')).toBe('Idempotency-Key');
    expect((await server.ask({}, under('x'.repeat(255)))).status).toBe(200);
  });
});

describe('a failed request frees its key', () => {
  it.each([
    ['that the provider refused', refuse(400), 400],
    ['that every provider failed', refuse(500), 502],
  ])('one %s', async (_what, script, status) => {
    const server = await gatewayServer();
    const key = newKey();
    server.provider().play(script, whole('Hello'));
    expect((await server.ask({}, under(key))).status).toBe(status);
    const again = await server.ask({}, under(key));
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotency-replayed')).toBeNull();
  });

  it('one that never reached a provider', async () => {
    const server = await gatewayServer({ creditsUsd: '0.000001' });
    const key = newKey();
    expect((await server.ask({}, under(key))).status).toBe(402);
    await server.store.ledger.credit({
      entryId: 'more',
      account: server.accounts[0] ?? '',
      amount: 10n ** 9n,
    });
    expect((await server.ask({}, under(key))).status).toBe(200);
    const other = newKey();
    expect((await server.ask({ model: 'acme/nobody' }, under(other))).status).toBe(404);
    expect((await server.ask({}, under(other))).status).toBe(200);
  });
});

it('an answer too long to keep is given once, and a repeat is told so', async () => {
  const server = await gatewayServer();
  server.provider().play(whole('x'.repeat(1_100_000)));
  const key = newKey();
  expect((await server.ask({}, under(key))).status).toBe(200);
  const spent = await spentAfter(server);
  const refused = await server.ask({}, under(key));
  expect(refused.status).toBe(409);
  expect(at(refused.json, 'error.metadata.reason')).toBe('not_kept');
  expect(server.provider().calls).toHaveLength(1);
  expect(await spentAfter(server)).toBe(spent);
});
