import { describe, expect, it } from 'vitest';
import {
  at,
  gatewayServer,
  model,
  type GatewayServer,
  type GatewayServerOptions,
} from '../support/gateway.ts';

const options: GatewayServerOptions = {
  providers: { trains: { trainsOnPrompts: true }, retains: { retainsPrompts: true }, discreet: {} },
  models: [
    model('acme/all', [{ provider: 'trains' }, { provider: 'retains' }, { provider: 'discreet' }]),
    model('acme/trains', [{ provider: 'trains' }]),
    model('acme/retains', [{ provider: 'retains' }]),
  ],
};

describe('a provider that trains on prompts', () => {
  it('is not used unless the account or the request allows it', async () => {
    const server = await gatewayServer(options);
    const { status, json } = await server.ask({ model: 'acme/trains' });
    expect(status).toBe(404);
    expect(at(json, 'error.metadata.excluded_by')).toEqual(['data_collection']);
    for (let seed = 0; seed < 20; seed += 1) await served(server, { model: 'acme/all', seed });
    expect(server.provider('trains').calls).toHaveLength(0);
    expect(await served(server, { model: 'acme/trains', provider: { data_collection: 'allow' } })).toBe(
      'trains',
    );
  });

  it('is used where the account allows it, unless the request denies it', async () => {
    const server = await gatewayServer({ ...options, allowTraining: true });
    expect(await served(server, { model: 'acme/trains' })).toBe('trains');
    const denied = await server.ask({ model: 'acme/trains', seed: 1, provider: { data_collection: 'deny' } });
    expect(denied.status).toBe(404);
  });

  it('does not answer from the cache what it may not be asked', async () => {
    const server = await gatewayServer(options);
    const asked = { model: 'acme/trains', provider: { data_collection: 'allow' } };
    await served(server, asked);
    expect((await server.ask({ model: 'acme/trains' })).status).toBe(404);
  });

  it('is no fallback for one that fails', async () => {
    const server = await gatewayServer(options);
    for (const name of ['retains', 'discreet']) {
      server.provider(name).play((res) => void res.writeHead(500).end());
    }
    expect((await server.ask({ model: 'acme/all' })).status).toBe(502);
    expect(server.provider('trains').calls).toHaveLength(0);
  });
});

describe('zdr', () => {
  it('excludes providers that retain prompts, and only then', async () => {
    const server = await gatewayServer(options);
    expect(await served(server, { model: 'acme/retains' })).toBe('retains');
    const { status, json } = await server.ask({ model: 'acme/retains', provider: { zdr: true } });
    expect(status).toBe(404);
    expect(at(json, 'error.metadata.excluded_by')).toEqual(['zdr']);
    for (let seed = 0; seed < 10; seed += 1) {
      expect(await served(server, { model: 'acme/all', seed, provider: { zdr: true } })).toBe('discreet');
    }
  });
});

describe('what providers see of a client', () => {
  it('is its request, and none of its headers', async () => {
    const server = await gatewayServer();
    await server.ask(
      {},
      {
        headers: {
          'x-secret': 'mine',
          cookie: 'session=mine',
          'x-forwarded-for': '203.0.113.7',
          referer: 'https://example.com/mine',
          'openai-organization': 'mine',
          'user-agent': 'mine',
        },
      },
    );
    const [call] = server.provider().calls;
    expect(JSON.stringify(call?.headers)).not.toMatch(/mine|203\.0\.113|sk-or-v1/);
    expect(call?.headers.authorization).toBe('Bearer sk-alpha');
  });

  it('nor does the client see headers of providers', async () => {
    const server = await gatewayServer();
    server.provider().play((res) => {
      res.writeHead(200, {
        'content-type': 'application/json',
        'x-internal': 'theirs',
        'set-cookie': 'a=theirs',
        'openai-processing-ms': '1',
      });
      res.end(
        '{"choices":[{"index":0,"message":{"role":"assistant","content":"x"},"finish_reason":"stop"}]}',
      );
    });
    const { headers } = await server.ask();
    expect([...headers.entries()].map(([name, value]) => `${name}: ${value}`).join('\n')).not.toMatch(
      /theirs|openai-processing/,
    );
  });
});

async function served(server: GatewayServer, fields: object): Promise<unknown> {
  const { status, json } = await server.ask(fields);
  expect(status, JSON.stringify(json)).toBe(200);
  return json['provider'];
}
