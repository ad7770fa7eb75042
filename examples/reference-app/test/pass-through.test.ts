import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../src/app.ts';
import { Folder } from './support/app-process.ts';
import { API_KEY, oneProvider } from './support/config.ts';

const PASSTHROUGH = [
  { method: 'POST', path: '/audio/transcriptions', priceUsd: '0.006' },
  { method: 'GET', path: '/realtime', priceUsd: '0.05' },
];

describe('calls that a provider lists in the file', () => {
  const folder = new Folder();
  const provider = createServer((req, res) => void answer(req).then((body) => res.end(body)));
  let app: RunningApp;
  let baseUrl: string;

  function start(passthrough: readonly object[]): Promise<RunningApp> {
    const config = folder.config(
      oneProvider(baseUrl, { providers: { alpha: { baseUrl, apiKey: 'key-of-alpha', passthrough } } }),
    );
    return startApp({
      env: { ONEROUTER_CONFIG: config },
      cwd: folder.path,
      log: pino({ level: 'silent' }),
      print: () => {},
    });
  }

  beforeAll(async () => {
    provider.on('upgrade', (_req, socket) => {
      socket.on('error', () => {}).on('end', () => socket.end());
      socket
        .resume()
        .write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    });
    await new Promise<void>((resolve) => {
      provider.listen(0, '127.0.0.1', resolve);
    });
    baseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1`;
    app = await start(PASSTHROUGH);
  });
  afterAll(async () => {
    await app.close();
    provider.closeAllConnections();
    provider.close();
    folder.remove();
  });

  it('reach it, and cost their price', async () => {
    const response = await fetch(`${app.address}/api/v1/providers/alpha/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'audio/wav' },
      body: 'sound',
    });
    expect(await response.text()).toBe('POST /v1/audio/transcriptions Bearer key-of-alpha sound');
    const id = response.headers.get('x-generation-id') ?? '';
    const record = await fetch(`${app.address}/api/v1/generation?id=${id}`, {
      headers: { authorization: `Bearer ${API_KEY}` },
    });
    expect(await record.json()).toMatchObject({ data: { total_cost: 0.006, provider_name: 'alpha' } });
  });

  it('may be websockets', async () => {
    expect(await handshake(app.address, '/v1/providers/alpha/realtime', API_KEY, 'websocket')).toBe(101);
    expect(await handshake(app.address, '/v1/providers/alpha/realtime', 'wrong', 'websocket')).toBe(401);
  });

  it('leave alone whoever offers HTTP/2 with an ordinary request', async () => {
    expect(await handshake(app.address, '/v1/models', API_KEY, 'h2c')).toBe(200);
  });

  it('are refused at the start where the gateway speaks itself', async () => {
    const rules = [{ method: 'POST', path: '/chat/completions', priceUsd: '0.01' }];
    await expect(start(rules)).rejects.toThrow('providers.alpha.passthrough.0.path: /chat/completions');
  });

  it('are refused at the start without a price', async () => {
    await expect(start([{ method: 'POST', path: '/files' }])).rejects.toThrow(
      'providers.alpha.passthrough[0].priceUsd',
    );
  });
});

async function answer(req: IncomingMessage): Promise<string> {
  return `${req.method} ${req.url} ${req.headers.authorization} ${await text(req)}`;
}

/** The status that a request with an offer to upgrade gets. */
function handshake(address: string, path: string, key: string, upgrade: string): Promise<number> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.write(
    [
      `GET ${path} HTTP/1.1`,
      'Host: x',
      'Connection: Upgrade',
      `Upgrade: ${upgrade}`,
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      `Authorization: Bearer ${key}`,
      '',
      '',
    ].join('\r\n'),
  );
  return new Promise((resolve, reject) => {
    socket.on('error', reject).once('data', (data) => {
      socket.destroy();
      resolve(Number(data.toString().split(' ')[1]));
    });
  });
}
