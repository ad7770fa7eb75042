import express from 'express';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { at, gatewayServer, KEYS } from '../support/gateway.ts';

const BODY =
  '{"model":"acme/writer-1","messages":[{"role":"user","content":"Wríte 🌍."}],"novel":{"a":[1,2.50]}}';

describe('a server that has read the body before the gateway', () => {
  it.each([
    ['express.json()', express.json()],
    ['express.raw()', express.raw({ type: '*/*' })],
    ['express.text()', express.text({ type: '*/*' })],
    ['several parsers', [express.urlencoded(), express.json(), express.text()]],
  ])('with %s is served all the same', async (_name, parser) => {
    const server = await gatewayServer({ before: (app) => app.use(parser) });
    const response = await server.post('/v1/chat/completions', BODY);
    const json: unknown = await response.json();
    expect(response.status, JSON.stringify(json)).toBe(200);
    expect(server.provider().calls[0]?.json).toEqual({ ...(JSON.parse(BODY) as object), model: 'alpha-up' });
    const empty = await server.post('/v1/chat/completions', '');
    expect(empty.status).toBeGreaterThanOrEqual(400);
    expect(empty.status).toBeLessThan(500);
  });
});

const head = (length: number, more = ''): string =>
  `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KEYS.key}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${more}\r\n`;

describe('a client at the level of its socket', () => {
  it('that leaves in the middle of its body leaves nothing open', async () => {
    const server = await gatewayServer();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(`${head(Buffer.byteLength(BODY))}${BODY.slice(0, 30)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.gateway.running.count).toBe(1);
    socket.destroy();
    await server.settled();
    expect(server.provider().calls).toHaveLength(0);
    expect(await server.spent()).toBe('0');
  });

  it('that sends two requests on one connection, one behind the other, gets two answers in order', async () => {
    const server = await gatewayServer();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const other = BODY.replace('writer-1', 'nothing1');
    const length = Buffer.byteLength(BODY);
    socket.write(`${head(length)}${BODY}${head(length, 'Connection: close\r\n')}${other}`);
    let text = '';
    for await (const piece of socket) text += String(piece);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404']);
  });

  it('that asks before it sends its body is told to go on', async () => {
    const server = await gatewayServer();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(head(Buffer.byteLength(BODY), 'Expect: 100-continue\r\nConnection: close\r\n'));
    let text = '';
    for await (const piece of socket) {
      text += String(piece);
      if (text.endsWith('100 Continue\r\n\r\n')) socket.write(BODY);
    }
    expect(text).toContain('HTTP/1.1 200');
  });

  it('that leaves while credits are being reserved pays nothing and leaves nothing open', async () => {
    const server = await gatewayServer();
    for (let n = 0; n < 20; n += 1) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      await new Promise((resolve) => socket.once('connect', resolve));
      socket.write(`${head(Buffer.byteLength(BODY))}${BODY}`);
      await new Promise((resolve) => setTimeout(resolve, n % 5));
      socket.destroy();
    }
    await server.settled();
    const { reserved } = await server.store.ledger.balance(server.accounts[0] ?? '');
    expect(reserved).toBe(0n);
  });
});

describe('what a running gateway shows', () => {
  it('counts what it did, without keys or prompts', async () => {
    const server = await gatewayServer();
    await server.ask();
    await server.ask();
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).toMatch(/onerouter_exchanges_total\{[^}]*cache="hit"[^}]*\} 1/);
    expect(text).not.toMatch(/sk-or|Write\./);
  });

  it('describes itself, both mounts and the form of errors included', async () => {
    const server = await gatewayServer();
    const { json } = await server.get('/openapi.json');
    expect(at(json, 'servers')).toEqual([{ url: '/v1' }, { url: '/api/v1' }]);
    expect(at(json, 'components.schemas.Error')).toBeDefined();
    for (const path of [
      '/chat/completions',
      '/completions',
      '/embeddings',
      '/models',
      '/generation',
      '/credits',
      '/key',
    ]) {
      expect(at(json, 'paths')).toHaveProperty([path]);
    }
  });
});
