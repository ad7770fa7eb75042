import { refuse, textStream } from '@onerouter/core/testing';
import { describe, expect, it } from 'vitest';
import { at, gatewayServer, KEYS, model, type Fields, type GatewayServer } from '../support/gateway.ts';
import { refusal } from '../support/refusal.ts';

const QUOTE = '/v1/chat/completions/quote';
const GOOD = {
  model: 'acme/writer-1',
  messages: [{ role: 'user', content: 'x'.repeat(300) }],
  max_tokens: 1_000,
};

describe('a quote', () => {
  it('tells who would be asked, who was ruled out, and what it may cost', async () => {
    const server = await lines();
    const { status, data } = await quote(server, GOOD);
    expect(status).toBe(200);
    expect(data).toMatchObject({
      model: 'acme/writer-1',
      candidates: [
        {
          provider: 'alpha',
          model: 'acme/writer-1',
          endpoint_id: 'alpha/acme/writer-1',
          pricing: { prompt: '0.000001', completion: '0.000002' },
          healthy: true,
        },
      ],
      excluded: [{ provider: 'lab', model: 'acme/writer-1', filter: 'data_collection' }],
      // 100 tokens of prompt at a millionth, 1,000 of output at two millionths.
      reservation_usd: '0.0021',
      worst_case_cost_usd: '0.0021',
      affordable_max_tokens: 1_000,
      available_usd: '10',
    });
  });

  it('is what the completion then reserves, and sends and books nothing itself', async () => {
    const server = await lines();
    await quote(server, GOOD);
    expect(server.provider().calls).toHaveLength(0);
    expect(await server.spent()).toBe('0');
    const held = Promise.withResolvers<void>();
    server.provider().play(async (res, call) => {
      await held.promise;
      await textStream('Hi')(res, call);
    });
    const running = server.chat({ ...GOOD, stream: true });
    const { data } = await until(server, (quoted) => quoted['available_usd'] !== '10');
    expect(data['available_usd']).toBe('9.9979');
    held.resolve();
    await (await running).text();
  });

  it('counts what writing the prompt to a cache may cost', async () => {
    const pricing = { prompt: '0.000001', completion: '0.000002', input_cache_write: '0.00000125' };
    const server = await gatewayServer({
      models: [model('acme/writer-1', [{ provider: 'alpha', pricing }])],
    });
    expect((await quote(server, GOOD)).data).toMatchObject({
      reservation_usd: '0.0021',
      worst_case_cost_usd: '0.002225',
    });
  });

  it('says how many tokens are affordable where those asked for are not', async () => {
    const server = await lines({ creditsUsd: '0.0011' });
    expect((await quote(server, GOOD)).data).toMatchObject({
      reservation_usd: '0.0021',
      affordable_max_tokens: 500,
      available_usd: '0.0011',
    });
  });

  it('heeds the limit of the key', async () => {
    const server = await lines({ keyLimitUsd: '0.0005' });
    const { data } = await quote(server, GOOD, KEYS.limited);
    expect(data).toMatchObject({ affordable_max_tokens: 200, available_usd: '0.0005' });
  });

  it('shows health as it is', async () => {
    const server = await lines();
    server.provider().play(refuse(503));
    for (let n = 0; n < 2; n += 1) await server.chat(GOOD);
    expect(at((await quote(server, GOOD)).data, 'candidates.0.healthy')).toBe(false);
  });

  it.each([
    ['/v1/completions/quote', { prompt: 'Hello' }],
    ['/v1/embeddings/quote', { input: 'Hello' }],
  ])('%s', async (path, fields) => {
    const server = await lines();
    const response = await server.post(path, { model: 'acme/writer-1', ...fields });
    expect(response.status).toBe(200);
    expect(at(await response.json(), 'data.candidates.0.provider')).toBe('alpha');
  });
});

describe('a quote is refused like a completion', () => {
  it.each<[string, object, number, string]>([
    ['without a model', { messages: GOOD.messages }, 400, 'invalid_request'],
    ['without messages', { model: 'acme/writer-1' }, 400, 'invalid_request'],
    ['for an unknown model', { ...GOOD, model: 'acme/nobody' }, 404, 'not_found'],
    ['when nobody is left', { ...GOOD, provider: { only: ['nobody'] } }, 404, 'not_found'],
  ])('%s', async (_name, body, code, errorType) => {
    const server = await lines();
    const error = await refusal(server.post(QUOTE, body));
    expect(error).toMatchObject({ code, metadata: { error_type: errorType } });
  });

  it('without a key', async () => {
    const server = await lines();
    expect((await refusal(server.post(QUOTE, GOOD, { key: null })))['code']).toBe(401);
  });

  it('when not even its prompt is affordable', async () => {
    const server = await lines({ creditsUsd: '0.00001' });
    expect(await refusal(server.post(QUOTE, GOOD))).toMatchObject({
      code: 402,
      metadata: {
        error_type: 'payment_required',
        required_usd: '0.0021',
        available_usd: '0.00001',
        affordable_max_tokens: 0,
        binding_limit: 'account',
      },
    });
  });
});

function lines(options: Parameters<typeof gatewayServer>[0] = {}): Promise<GatewayServer> {
  return gatewayServer({
    providers: { alpha: {}, lab: { trainsOnPrompts: true } },
    models: [model('acme/writer-1', [{ provider: 'alpha' }, { provider: 'lab' }])],
    ...options,
  });
}

async function quote(
  server: GatewayServer,
  body: object,
  key: string = KEYS.key,
): Promise<{ status: number; data: Fields }> {
  const response = await server.post(QUOTE, body, { key });
  return { status: response.status, data: at(await response.json(), 'data') as Fields };
}

async function until(server: GatewayServer, holds: (data: Fields) => boolean): Promise<{ data: Fields }> {
  for (;;) {
    const quoted = await quote(server, GOOD);
    if (holds(quoted.data)) return quoted;
  }
}
