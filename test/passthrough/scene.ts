import { createHash } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { hashKey, keyLabel, newApiKey } from '@onerouter/auth';
import type { Generation, PassthroughMethod } from '@onerouter/core';
import { onerouter, type OneRouter, type OneRouterOptions } from '@onerouter/gateway';
import { openSqliteStore, type SqliteStore } from '@onerouter/store-sqlite';
import express from 'express';
import { onTestFinished } from 'vitest';

/** A dollar, which the test's account owns. */
export const CREDIT = 1_000_000_000n;
/** What most calls in these tests cost. */
export const PRICE = 10_000_000n;

/** A rule of the configuration for a cent. */
export function rule(
  method: PassthroughMethod,
  path: string,
  priceUsd = '0.01',
): { method: PassthroughMethod; path: string; priceUsd: string } {
  return { method, path, priceUsd };
}

type Handler = (req: IncomingMessage, res: ServerResponse) => unknown;

export interface RawServer {
  readonly url: string;
  readonly server: Server;
  close(): Promise<void>;
}

/** A server on loopback whose connections, upgraded ones too, end with the test. */
export async function rawServer(handler: Handler): Promise<RawServer> {
  const server = createServer((req, res) => void handler(req, res));
  const sockets = new Set<Duplex>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      if (server.listening) server.close(() => resolve());
      else resolve();
    });
  onTestFinished(close);
  return { url: `http://127.0.0.1:${port}`, server, close };
}

export interface PassthroughGateway {
  /** Where `alpha` is passed through: `http://127.0.0.1:PORT/v1/providers/alpha`. */
  readonly alpha: string;
  readonly url: string;
  readonly key: string;
  readonly gateway: OneRouter;
  readonly store: SqliteStore;
  /** Calls `alpha` with the account's key. */
  call(method: string, path: string, init?: RequestInit): Promise<Response>;
  /** The record of the exchange that a response belongs to. */
  record(response: Response): Promise<Generation | undefined>;
  /** Credits that are neither spent nor held. */
  available(): Promise<bigint>;
  /** Waits until nothing is held or running any more. */
  idle(): Promise<void>;
}

/** The gateway on loopback with `alpha`, which lists these calls. */
export async function passthroughGateway(
  baseUrl: string,
  passthrough: readonly ReturnType<typeof rule>[],
  provider: Partial<OneRouterOptions['providers'][string]> = {},
  options: Partial<OneRouterOptions> = {},
): Promise<PassthroughGateway> {
  const { store, key } = await storeWithCredit();
  const gateway = onerouter({
    store,
    providers: { alpha: { baseUrl, apiKey: 'sk-alpha', passthrough, ...provider } },
    ...options,
  });
  const app = express();
  app.use(['/v1', '/api/v1'], gateway);
  const { url, server } = await rawServer(app);
  server.on('upgrade', gateway.upgrade);
  onTestFinished(async () => {
    await gateway.drain(0);
    await store.close();
  });
  const idle = async (): Promise<void> => {
    while (gateway.running.count > 0) await new Promise(setImmediate);
  };
  return {
    alpha: `${url}/v1/providers/alpha`,
    url,
    key,
    gateway,
    store,
    idle,
    call: (method, path, init = {}) =>
      fetch(`${url}/v1/providers/alpha${path}`, {
        ...init,
        method,
        headers: { authorization: `Bearer ${key}`, ...(init.headers as Record<string, string>) },
      }),
    record: async (response) => {
      await idle();
      return store.generations.find('acc-1', response.headers.get('x-generation-id') ?? '');
    },
    available: async () => {
      await idle();
      return (await store.ledger.balance('acc-1')).available;
    },
  };
}

/** A store with one account, its credit and its key. */
async function storeWithCredit(): Promise<{ store: SqliteStore; key: string }> {
  const store = openSqliteStore(':memory:');
  const key = newApiKey();
  const now = Date.now();
  await store.accounts.createAccount({
    id: 'acc-1',
    email: 'a@example.com',
    passwordHash: null,
    allowTraining: false,
    createdAt: now,
  });
  await store.accounts.createKey({
    hash: hashKey(key),
    kind: 'api',
    accountId: 'acc-1',
    name: 'test',
    label: keyLabel(key),
    disabled: false,
    limit: null,
    limitReset: null,
    expiresAt: null,
    createdAt: now,
    updatedAt: null,
  });
  await store.ledger.credit({ entryId: 'c', account: 'acc-1', amount: CREDIT });
  return { store, key };
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** A provider of websockets: answers each text with the same text, and remembers the handshakes. */
export async function echoProvider(extra: string[] = []): Promise<RawServer & { handshakes: Handshake[] }> {
  const handshakes: Handshake[] = [];
  const provider = await rawServer((_req, res) => res.writeHead(426).end());
  provider.server.on('upgrade', (req, socket) => {
    const closed = new Promise<void>((resolve) => {
      socket.once('close', resolve);
    });
    handshakes.push({ path: req.url ?? '', headers: req.headers, closed, socket });
    socket.on('end', () => socket.end());
    const accept = createHash('sha1').update(`${req.headers['sec-websocket-key']}${GUID}`).digest('base64');
    const protocol = req.headers['sec-websocket-protocol']?.split(',')[0];
    socket.write(
      [
        'HTTP/1.1 101 Switching Protocols',
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Accept: ${accept}`,
        ...(protocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
        ...extra,
        '',
        '',
      ].join('\r\n'),
    );
    socket.on('data', (frame: Buffer) => {
      const text = unmask(frame);
      if ((frame[0] ?? 0) === 0x88) socket.end(Buffer.from([0x88, 0]));
      else socket.write(Buffer.concat([Buffer.from([0x81, text.length]), text]));
    });
  });
  return { ...provider, handshakes };
}

export interface Handshake {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly closed: Promise<void>;
  readonly socket: Duplex;
}

/** The text of one short frame. */
function unmask(frame: Buffer): Buffer {
  const length = (frame[1] ?? 0) & 0x7f;
  const mask = frame.subarray(2, 6);
  return frame.subarray(6, 6 + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0)) as Buffer;
}
