import { connect, type Socket } from 'node:net';
import { WebSocket } from 'undici';
import { describe, expect, it } from 'vitest';
import {
  CREDIT,
  echoProvider,
  passthroughGateway,
  PRICE,
  rawServer,
  rule,
  type PassthroughGateway,
} from './scene.ts';

describe('a websocket', () => {
  it('carries texts both ways, and is charged once when it closes', async () => {
    const provider = await echoProvider();
    const gateway = await passthroughGateway(`${provider.url}/v1`, [rule('GET', '/realtime')]);
    const socket = open(gateway, '/realtime?model=voice-1');
    expect(await echoes(socket, ['one', 'two'])).toEqual(['one', 'two']);
    expect(provider.handshakes[0]?.path).toBe('/v1/realtime?model=voice-1');
    expect(gateway.gateway.running.count).toBe(1);
    expect((await gateway.store.ledger.balance('acc-1')).reserved).toBe(PRICE);
    await closed(socket);
    await provider.handshakes[0]?.closed;
    expect(await gateway.available()).toBe(CREDIT - PRICE);
    const [entry] = (await gateway.store.ledger.entries('acc-1')).filter(({ kind }) => kind === 'charge');
    expect(await gateway.store.generations.find('acc-1', entry?.id ?? '')).toMatchObject({
      surface: 'passthrough',
      status: 'complete',
      provider: 'alpha',
      attempts: [{ status: 101, errorType: null }],
    });
  });

  it('works below both mounts', async () => {
    const provider = await echoProvider();
    const gateway = await passthroughGateway(provider.url, [rule('GET', '/realtime')]);
    const socket = open({ ...gateway, alpha: `${gateway.url}/api/v1/providers/alpha` }, '/realtime');
    expect(await echoes(socket, ['one'])).toEqual(['one']);
    await closed(socket);
  });

  it('takes a key as a subprotocol, as browsers have to send it, and does not pass it on', async () => {
    const provider = await echoProvider();
    const gateway = await passthroughGateway(provider.url, [rule('GET', '/realtime')]);
    const socket = open(gateway, '/realtime', {
      headers: {},
      protocols: ['realtime', `openai-insecure-api-key.${gateway.key}`],
    });
    expect(await echoes(socket, ['one'])).toEqual(['one']);
    expect(socket.protocol).toBe('realtime');
    expect(provider.handshakes[0]?.headers['sec-websocket-protocol']).toBe('realtime');
    await closed(socket);
  });
});

it('the provider sees its own key and the handshake, and nothing else of the client', async () => {
  const provider = await echoProvider();
  const gateway = await passthroughGateway(provider.url, [rule('GET', '/realtime')]);
  const socket = open(gateway, '/realtime', {
    headers: {
      authorization: `Bearer ${gateway.key}`,
      cookie: 'session=canary',
      'x-forwarded-for': 'canary',
      'user-agent': 'canary',
      origin: 'https://canary.example',
      'x-custom': 'canary',
      'openai-beta': 'realtime=v1',
    },
  });
  await echoes(socket, ['one']);
  const headers = provider.handshakes[0]?.headers ?? {};
  expect(headers.authorization).toBe('Bearer sk-alpha');
  expect(headers['openai-beta']).toBe('realtime=v1');
  expect(JSON.stringify(headers)).not.toContain('canary');
  expect(JSON.stringify(headers)).not.toContain(gateway.key);
  expect(Object.keys(headers).toSorted()).toEqual([
    'authorization',
    'connection',
    'host',
    'openai-beta',
    'sec-websocket-extensions',
    'sec-websocket-key',
    'sec-websocket-version',
    'upgrade',
    'user-agent',
  ]);
  await closed(socket);
});

it('the client sees the provider’s handshake, and nothing else of its headers', async () => {
  const provider = await echoProvider(['Set-Cookie: a=canary', 'X-Request-Id: canary', 'Server: canary']);
  const gateway = await passthroughGateway(provider.url, [rule('GET', '/realtime')]);
  const head = await handshake(gateway, '/v1/providers/alpha/realtime', `Bearer ${gateway.key}`, true);
  expect(head).toMatch(/^HTTP\/1.1 101 /);
  expect(head).toContain('x-generation-id: gen-');
  expect(head).not.toContain('canary');
});

describe('refused with an ordinary response, and the provider hears nothing', () => {
  const cases: [string, string, (gateway: PassthroughGateway) => string | undefined, number][] = [
    ['without a key', '/v1/providers/alpha/realtime', () => undefined, 401],
    ['with a wrong key', '/v1/providers/alpha/realtime', () => 'Bearer sk-or-v1-no', 401],
    ['a path that is not listed', '/v1/providers/alpha/other', ({ key }) => `Bearer ${key}`, 404],
    ['a path that climbs', '/v1/providers/alpha/x/../realtime', ({ key }) => `Bearer ${key}`, 404],
    ['a path of something else', '/v1/chat/completions', ({ key }) => `Bearer ${key}`, 404],
    ['a price that is not there', '/v1/providers/alpha/dear', ({ key }) => `Bearer ${key}`, 402],
  ];
  it.each(cases)('%s', async (_name, path, authorization, status) => {
    const provider = await echoProvider();
    const gateway = await passthroughGateway(provider.url, [
      rule('GET', '/realtime'),
      rule('GET', '/dear', '5'),
    ]);
    const answer = await handshake(gateway, path, authorization(gateway));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain(`"error":{"code":${status}`);
    expect(answer.toLowerCase()).toContain('connection: close');
    expect(provider.handshakes).toEqual([]);
    expect(await gateway.available()).toBe(CREDIT);
  });

  it('more in a minute than the key may', async () => {
    const provider = await echoProvider();
    const limits = { requestsPerMinute: 1 };
    const gateway = await passthroughGateway(provider.url, [rule('GET', '/realtime')], {}, { limits });
    const path = '/v1/providers/alpha/realtime';
    expect(await handshake(gateway, path, `Bearer ${gateway.key}`, true)).toMatch(/^HTTP\/1.1 101 /);
    const answer = await handshake(gateway, path, `Bearer ${gateway.key}`);
    expect(answer).toMatch(/^HTTP\/1.1 429 /);
    expect(answer.toLowerCase()).toContain('retry-after: ');
    expect(provider.handshakes).toHaveLength(1);
  });

  it('an upgrade to anything but a websocket', async () => {
    const gateway = await passthroughGateway('http://127.0.0.1:9', [rule('GET', '/realtime')]);
    const answer = await handshake(gateway, '/v1/models', undefined, false, 'h2c');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });
});

describe('a provider that does not open the websocket', () => {
  it('refuses: its status in our words, nothing charged', async () => {
    const provider = await rawServer(() => {});
    provider.server.on('upgrade', (_req, socket) => {
      socket.end('HTTP/1.1 404 Not Found\r\nSet-Cookie: a=canary\r\nContent-Length: 6\r\n\r\ncanary');
    });
    const gateway = await passthroughGateway(provider.url, [rule('GET', '/realtime')]);
    const answer = await handshake(gateway, '/v1/providers/alpha/realtime', `Bearer ${gateway.key}`);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).not.toContain('canary');
    expect(await gateway.available()).toBe(CREDIT);
  });

  it('is down: 502, nothing charged', async () => {
    const down = await rawServer(() => {});
    await down.close();
    const gateway = await passthroughGateway(down.url, [rule('GET', '/realtime')]);
    const answer = await handshake(gateway, '/v1/providers/alpha/realtime', `Bearer ${gateway.key}`);
    expect(answer).toMatch(/^HTTP\/1.1 502 /);
    expect(await gateway.available()).toBe(CREDIT);
  });

  it('says nothing: 408, nothing charged', async () => {
    const provider = await rawServer(() => {});
    provider.server.on('upgrade', () => {});
    const gateway = await passthroughGateway(provider.url, [rule('GET', '/realtime')], {
      timeouts: { headersMs: 30 },
    });
    const answer = await handshake(gateway, '/v1/providers/alpha/realtime', `Bearer ${gateway.key}`);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(await gateway.available()).toBe(CREDIT);
  });
});

it('a client whose connection breaks ends the provider’s, and pays', async () => {
  const provider = await echoProvider();
  const gateway = await passthroughGateway(provider.url, [rule('GET', '/realtime')]);
  await handshake(gateway, '/v1/providers/alpha/realtime', `Bearer ${gateway.key}`, true);
  await provider.handshakes[0]?.closed;
  expect(await gateway.available()).toBe(CREDIT - PRICE);
});

it('a client that leaves before the websocket is open pays nothing', async () => {
  const called = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const provider = await rawServer(() => {});
  provider.server.on('upgrade', (_req, socket) => {
    socket.once('close', ended.resolve).once('end', () => socket.end());
    socket.resume();
    called.resolve();
  });
  const gateway = await passthroughGateway(provider.url, [rule('GET', '/realtime')]);
  const socket = rawSocket(gateway, '/v1/providers/alpha/realtime', `Bearer ${gateway.key}`);
  await called.promise;
  socket.destroy();
  await ended.promise;
  expect(await gateway.available()).toBe(CREDIT);
});

it('a provider whose connection breaks ends the client’s, and is not paid for', async () => {
  const provider = await echoProvider();
  const gateway = await passthroughGateway(provider.url, [rule('GET', '/realtime')]);
  const socket = open(gateway, '/realtime');
  await echoes(socket, ['one']);
  const gone = new Promise((resolve) => socket.addEventListener('close', resolve));
  const upstream = provider.handshakes[0]?.socket as Socket | undefined;
  upstream?.resetAndDestroy();
  await gone;
  expect(await gateway.available()).toBe(CREDIT);
});

it('a process that ends refuses new websockets, and ends and settles open ones', async () => {
  const provider = await echoProvider();
  const gateway = await passthroughGateway(provider.url, [rule('GET', '/realtime')]);
  const socket = open(gateway, '/realtime');
  await echoes(socket, ['one']);
  const gone = new Promise((resolve) => socket.addEventListener('close', resolve));
  const drained = gateway.gateway.drain(20);
  const refused = await handshake(gateway, '/v1/providers/alpha/realtime', `Bearer ${gateway.key}`);
  expect(refused).toMatch(/^HTTP\/1.1 503 /);
  await drained;
  await gone;
  await provider.handshakes[0]?.closed;
  expect(await gateway.available()).toBe(CREDIT - PRICE);
});

function open(
  gateway: Pick<PassthroughGateway, 'alpha' | 'key'>,
  path: string,
  init: { headers?: Record<string, string>; protocols?: string[] } = {},
): WebSocket {
  const { headers = { authorization: `Bearer ${gateway.key}` }, protocols } = init;
  return new WebSocket(`${gateway.alpha.replace('http', 'ws')}${path}`, {
    headers,
    ...(protocols ? { protocols } : {}),
  });
}

/** Sends texts, each after the answer to the one before, and gives the answers. */
function echoes(socket: WebSocket, texts: readonly string[]): Promise<string[]> {
  const answers: string[] = [];
  return new Promise((resolve, reject) => {
    const send = (): void => {
      const text = texts[answers.length];
      if (text === undefined) resolve(answers);
      else socket.send(text);
    };
    socket.addEventListener('open', send);
    socket.addEventListener('error', () => reject(new Error('The websocket failed.')));
    socket.addEventListener('message', ({ data }) => {
      answers.push(String(data));
      send();
    });
  });
}

function closed(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    socket.addEventListener('close', () => resolve());
    socket.close();
  });
}

function rawSocket(
  gateway: PassthroughGateway,
  path: string,
  authorization: string | undefined,
  upgrade = 'websocket',
): ReturnType<typeof connect> {
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname);
  const lines = [
    `GET ${path} HTTP/1.1`,
    'Host: x',
    'Connection: Upgrade',
    `Upgrade: ${upgrade}`,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return socket;
}

/** The whole answer to a handshake; with `reset` its head, after which the connection is broken. */
function handshake(
  gateway: PassthroughGateway,
  path: string,
  authorization: string | undefined,
  reset = false,
  upgrade = 'websocket',
): Promise<string> {
  const socket = rawSocket(gateway, path, authorization, upgrade);
  return new Promise((resolve, reject) => {
    let answer = '';
    socket
      .on('error', reject)
      .on('data', (data) => {
        answer += data.toString();
        if (reset && answer.includes('\r\n\r\n')) socket.resetAndDestroy();
      })
      .on('close', () => resolve(answer));
  });
}
