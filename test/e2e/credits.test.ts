import { hang, whole, textStream } from '@onerouter/core/testing';
import { describe, expect, it } from 'vitest';
import { at, gatewayServer, KEYS, model, until } from '../support/gateway.ts';

describe('a request that costs more than there is', () => {
  it('is refused with what is missing, as decimal text, and nothing goes upstream', async () => {
    // "Write." are 6 bytes: 2 tokens of prompt. 2 × $0.000001 + 1,000 × $0.000002 = $0.002002.
    const server = await gatewayServer({ creditsUsd: '0.001' });
    const { status, json } = await server.ask({ max_tokens: 1_000 });
    expect(status).toBe(402);
    expect(json['error']).toMatchObject({
      code: 402,
      type: 'insufficient_quota',
      param: null,
      metadata: {
        error_type: 'payment_required',
        origin: 'client',
        required_usd: '0.002002',
        available_usd: '0.001',
        affordable_max_tokens: 499,
        binding_limit: 'account',
      },
    });
    expect(server.provider().calls).toHaveLength(0);
    expect(await server.spent()).toBe('0');
  });

  it('is admitted with the max_tokens that the refusal named, and not with one more', async () => {
    const server = await gatewayServer({ creditsUsd: '0.001' });
    const refused = await server.ask({ max_tokens: 1_000 });
    const affordable = Number(at(refused.json, 'error.metadata.affordable_max_tokens'));
    expect((await server.ask({ max_tokens: affordable + 1 })).status).toBe(402);
    expect((await server.ask({ max_tokens: affordable })).status).toBe(200);
  });

  it('is admitted so also where several endpoints charge in different ways', async () => {
    // At full length "dear" costs most; at the length that its price alone would allow, "perRequest" costs more.
    const server = await gatewayServer({
      creditsUsd: '0.05',
      providers: { dear: {}, request: {} },
      models: [
        model('acme/writer-1', [
          { provider: 'dear', pricing: { prompt: '0.000001', completion: '0.0001' } },
          { provider: 'request', pricing: { prompt: '0.000001', completion: '0.00001', request: '0.048' } },
        ]),
      ],
    });
    const { status, json } = await server.ask({ max_tokens: 1_000 });
    expect(status).toBe(402);
    // ($0.05 − $0.048 − 2 × $0.000001) / $0.00001 = 199.8, where "dear" alone would allow 499.
    expect(at(json, 'error.metadata.affordable_max_tokens')).toBe(199);
    expect((await server.ask({ max_tokens: 200 })).status).toBe(402);
    expect((await server.ask({ max_tokens: 199 })).status).toBe(200);
  });

  it('names the binding limit of a key, and what the key still may spend', async () => {
    const server = await gatewayServer({ keyLimitUsd: '0.001' });
    const { status, json } = await server.ask({ max_tokens: 1_000 }, { key: KEYS.limited });
    expect(status).toBe(402);
    expect(at(json, 'error.metadata')).toMatchObject({
      required_usd: '0.002002',
      available_usd: '0.001',
      affordable_max_tokens: 499,
      binding_limit: 'key',
    });
    expect((await server.ask({ max_tokens: 499 }, { key: KEYS.limited })).status).toBe(200);
    expect((await server.ask({ max_tokens: 1_000 })).status).toBe(200);
  });

  it('can afford nothing when not even its prompt is covered', async () => {
    const server = await gatewayServer({ creditsUsd: '0.000001' });
    const { json } = await server.ask();
    expect(at(json, 'error.metadata.affordable_max_tokens')).toBe(0);
  });

  it('counts what running requests hold as not available', async () => {
    const server = await gatewayServer({ creditsUsd: '0.003' });
    server.provider().play(hang());
    const leave = new AbortController();
    const running = server.chat({ max_tokens: 1_000 }, { signal: leave.signal }).catch(() => undefined);
    await until(() => server.provider().calls.length === 1);
    const { status, json } = await server.ask({ max_tokens: 1_000, seed: 2 });
    expect(status).toBe(402);
    expect(at(json, 'error.metadata.available_usd')).toBe('0.000998');
    leave.abort();
    await running;
    await server.settled();
    server.provider().play(whole('Now'));
    expect((await server.ask({ max_tokens: 1_000, seed: 2 })).status).toBe(200);
  });

  it('is refused as a stream with a plain 402, too', async () => {
    const server = await gatewayServer({ creditsUsd: '0.001' });
    const response = await server.chat({ max_tokens: 1_000, stream: true });
    expect(response.status).toBe(402);
    expect(response.headers.get('content-type')).toContain('application/json');
  });
});

describe('many requests at once', () => {
  it('never overdraw: of fifty, as many are admitted as the credits cover', async () => {
    // Each holds 2 × $0.000001 + 1,000 × $0.000002 = $0.002002; ten of them fit.
    const server = await gatewayServer({ creditsUsd: '0.02002' });
    const go = Promise.withResolvers<void>();
    server.provider().play(async (res, call) => {
      await go.promise;
      await whole('x', { prompt_tokens: 2, completion_tokens: 1_000 })(res, call);
    });
    let refused = 0;
    const asked = Array.from({ length: 50 }, async (_, seed) => {
      const { status } = await server.ask({ max_tokens: 1_000, seed });
      if (status === 402) refused += 1;
      return status;
    });
    await until(() => refused === 40);
    go.resolve();
    const statuses = await Promise.all(asked);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(server.provider().calls).toHaveLength(10);
    expect(await server.spent()).toBe('0.02002');
    const { balance } = await server.store.ledger.balance(server.accounts[0] ?? '');
    expect(balance).toBe(0n);
    expect((await server.ask({ max_tokens: 1, seed: 99 })).status).toBe(402);
  });
});

describe('many requests at once with one key', () => {
  it('never exceed its limit, and leave the rest of the account alone', async () => {
    const server = await gatewayServer({ keyLimitUsd: '0.02002' });
    server.provider().play(whole('x', { prompt_tokens: 2, completion_tokens: 1_000 }));
    const asked = Array.from({ length: 30 }, (_, seed) =>
      server.ask({ max_tokens: 1_000, seed }, { key: KEYS.limited }),
    );
    const answered = await Promise.all(asked);
    expect(answered.filter(({ status }) => status === 200)).toHaveLength(10);
    for (const { status, json } of answered) {
      if (status !== 200) expect(at(json, 'error.metadata.binding_limit')).toBe('key');
    }
    expect(await server.spent()).toBe('0.02002');
    expect((await server.ask({ max_tokens: 1_000, seed: 99 })).status).toBe(200);
  });
});

describe('a free model', () => {
  it('answers an account without credits', async () => {
    const free = model('acme/free', [{ provider: 'alpha', free: true }]);
    const server = await gatewayServer({ creditsUsd: '0', models: [free] });
    const { status, json } = await server.ask({ model: 'acme/free' });
    expect(status).toBe(200);
    expect(at(json, 'usage.cost')).toBe(0);
  });
});

describe('a limit that the client did not name', () => {
  it('goes upstream when less is reserved than the model could generate', async () => {
    const server = await gatewayServer({ billing: { maxReservedTokens: 100 } });
    server.provider().play(textStream('x'));
    await (await server.chat({ stream: true })).text();
    expect(server.provider().calls[0]?.json?.['max_tokens']).toBe(100);
  });
});
