import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { CREDIT, passthroughGateway, PRICE, rawServer, rule } from './scene.ts';

const MIB = 1024 * 1024;

it('a form with a file arrives as it was sent', async () => {
  const { provider, received } = await keepingProvider();
  const gateway = await passthroughGateway(provider, [rule('POST', '/files')]);
  const file = randomBytes(3 * MIB);
  const form = new FormData();
  form.set('purpose', 'assistants');
  form.set('file', new Blob([file]), 'a file.bin');
  const response = await gateway.call('POST', '/files', { body: form });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ id: 'file-1' });
  const [call] = received;
  expect(call?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  const again = await new Response(new Uint8Array(call?.body ?? Buffer.alloc(0)), {
    headers: { 'content-type': call?.headers['content-type'] ?? '' },
  }).formData();
  expect(again.get('purpose')).toBe('assistants');
  expect(Buffer.from(await (again.get('file') as File).arrayBuffer()).equals(file)).toBe(true);
  expect(await gateway.available()).toBe(CREDIT - PRICE);
});

it('a large upload goes on to the provider while it comes', async () => {
  const received = createHash('sha256');
  let arrived = 0;
  const { url } = await rawServer((req, res) => {
    req.on('data', (chunk: Buffer) => {
      arrived += chunk.length;
      received.update(chunk);
    });
    req.on('end', () => res.end('{}'));
  });
  const gateway = await passthroughGateway(url, [rule('POST', '/audio/transcriptions')]);
  const sent = createHash('sha256');
  let left = 50 * MIB;
  let mostUnderWay = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (left === 0) return controller.close();
      const piece = randomBytes(MIB);
      sent.update(piece);
      left -= piece.length;
      mostUnderWay = Math.max(mostUnderWay, 50 * MIB - left - arrived);
      controller.enqueue(new Uint8Array(piece));
    },
  });
  const response = await gateway.call('POST', '/audio/transcriptions', {
    body,
    duplex: 'half',
  } as RequestInit);
  expect(response.status).toBe(200);
  expect(arrived).toBe(50 * MIB);
  expect(received.digest('hex')).toBe(sent.digest('hex'));
  // Sockets and streams hold a few of them; a gateway that collected the body would hold all.
  expect(mostUnderWay).toBeLessThan(25 * MIB);
});

describe('a download', () => {
  it('arrives as it was sent, with its length and its name', async () => {
    const file = randomBytes(5 * MIB);
    const { url } = await rawServer((req, res) => {
      expect(req.url).toBe('/v1/files/file-1/content');
      res.writeHead(200, {
        'content-type': 'audio/mpeg',
        'content-length': file.length,
        'content-disposition': 'attachment; filename="a.mp3"',
      });
      res.end(file);
    });
    const gateway = await passthroughGateway(`${url}/v1`, [rule('GET', '/files/:id/content')]);
    const response = await gateway.call('GET', '/files/file-1/content');
    expect(response.headers.get('content-length')).toBe(String(file.length));
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="a.mp3"');
    expect(Buffer.from(await response.arrayBuffer()).equals(file)).toBe(true);
  });

  it('comes piece by piece, the first before the last is there', async () => {
    const goOn = Promise.withResolvers<void>();
    const { url } = await rawServer(async (_req, res) => {
      res.write('first,');
      await goOn.promise;
      res.end('last');
    });
    const gateway = await passthroughGateway(url, [rule('POST', '/audio/speech')]);
    const response = await gateway.call('POST', '/audio/speech', { body: '{}' });
    const pieces: string[] = [];
    for await (const piece of response.body ?? []) {
      pieces.push(Buffer.from(piece).toString());
      goOn.resolve();
    }
    expect(pieces).toEqual(['first,', 'last']);
  });

  it('is settled before its last byte leaves, with a length or without', async () => {
    const { url } = await rawServer((req, res) => {
      if (req.url === '/long') res.setHeader('content-length', 4);
      res.write('abc');
      res.end('d');
    });
    const gateway = await passthroughGateway(url, [rule('GET', '/:any')]);
    for (const path of ['/long', '/open']) {
      const response = await gateway.call('GET', path);
      expect(await response.text()).toBe('abcd');
      const id = response.headers.get('x-generation-id') ?? '';
      expect(await gateway.store.generations.find('acc-1', id)).toMatchObject({ status: 'complete' });
    }
  });

  it('without a body is settled before its head leaves', async () => {
    const { url } = await rawServer((_req, res) => res.writeHead(204).end());
    const gateway = await passthroughGateway(url, [rule('DELETE', '/files/:id')]);
    const response = await gateway.call('DELETE', '/files/file-1');
    expect(response.status).toBe(204);
    const id = response.headers.get('x-generation-id') ?? '';
    expect(await gateway.store.generations.find('acc-1', id)).toMatchObject({ cost: PRICE });
  });
});

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A provider that keeps what it is sent. */
async function keepingProvider(): Promise<{ provider: string; received: Received[] }> {
  const received: Received[] = [];
  const { url } = await rawServer(async (req, res) => {
    const parts: Buffer[] = [];
    for await (const part of req as AsyncIterable<Buffer>) parts.push(part);
    received.push({ headers: req.headers, body: Buffer.concat(parts) });
    res.setHeader('content-type', 'application/json').end('{"id":"file-1"}');
  });
  return { provider: url, received };
}
