import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isPublicAddress, PrivateAddressError } from './public-address.ts';
import { webhookPoster, type WebhookPoster } from './webhook-poster.ts';

describe('webhookPoster()', () => {
  let answer: (req: IncomingMessage, res: ServerResponse) => void;
  let asked: string[];
  let url: string;
  let close: () => Promise<unknown>;
  let poster: WebhookPoster;
  beforeEach(async () => {
    asked = [];
    answer = (_req, res) => res.end('ok');
    const server = createServer((req, res) => {
      let body = '';
      req.on('data', (part: Buffer) => (body += part.toString()));
      req.on('end', () => {
        asked.push(`${req.method} ${req.url} ${req.headers['content-type']} ${body}`);
        answer(req, res);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=1`;
    close = async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    };
    poster = webhookPoster({ allowPrivate: true, timeoutMs: 200 });
  });
  afterEach(async () => {
    await poster.close();
    await close();
  });

  it('posts JSON once', async () => {
    await poster.post(url, { type: 'balance.low' });
    expect(asked).toEqual(['POST /hook?a=1 application/json {"type":"balance.low"}']);
  });

  it('takes a 2xx for an answer, follows no redirect, and waits for neither head nor body for long', async () => {
    answer = (_req, res) => res.writeHead(204).end();
    await poster.post(url, {});
    for (const status of [302, 404, 500]) {
      answer = (_req, res) => res.writeHead(status, { location: url }).end();
      await expect(poster.post(url, {})).rejects.toThrow(`answered ${status}`);
    }
    expect(asked).toHaveLength(4);
    answer = () => {};
    await expect(poster.post(url, {})).rejects.toThrow(/timeout/i);
    // A body without an end is not read.
    answer = (_req, res) => void res.writeHead(200).write('x');
    await poster.post(url, {});
  });

  it('reaches nothing but the public internet, through TLS', async () => {
    const strict = webhookPoster({ timeoutMs: 200 });
    const port = new URL(url).port;
    for (const address of [
      url,
      `https://127.0.0.1:${port}/`,
      `https://localhost:${port}/`,
      `https://2130706433:${port}/`,
      `https://0x7f.1:${port}/`,
      `https://127.0.0.1.:${port}/`,
      `https://[::1]:${port}/`,
      `https://[::ffff:127.0.0.1]:${port}/`,
      'https://169.254.169.254/latest/meta-data',
      'https://10.0.0.1/',
      'https://[fd00::1]/',
      'http://example.com/',
      'file:///etc/passwd',
    ]) {
      const refused = await strict.post(address, {}).catch((error: unknown) => error);
      const cause = (refused as Error).cause ?? refused;
      expect([address, cause]).toEqual([address, expect.any(PrivateAddressError)]);
    }
    expect(asked).toEqual([]);
    await strict.close();
  });

  it('knows which addresses are public', () => {
    for (const address of ['1.1.1.1', '93.184.216.34', '2606:4700::1111', '::ffff:1.1.1.1']) {
      expect([address, isPublicAddress(address)]).toEqual([address, true]);
    }
    const private4 = '0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.168.1.1 224.0.0.1';
    const private6 = ':: ::1 fe80::1 fd00::1 ff02::1 ::ffff:192.168.0.1 64:ff9b::a00:1 2002:a00:1::';
    for (const address of `${private4} ${private6} 240.0.0.1 255.255.255.255 localhost`.split(' ')) {
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
    }
  });
});
