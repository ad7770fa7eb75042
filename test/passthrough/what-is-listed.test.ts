import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { passthroughGateway, rawServer, rule } from './scene.ts';

const RULES = [
  rule('POST', '/files'),
  rule('GET', '/files/:id/content'),
  rule('GET', '/assets/*'),
  rule('POST', '/open/*'),
];

async function start(): ReturnType<typeof open> {
  return open(RULES);
}

async function open(rules: typeof RULES): Promise<{
  gateway: Awaited<ReturnType<typeof passthroughGateway>>;
  paths: (string | undefined)[];
}> {
  const paths: (string | undefined)[] = [];
  const { url } = await rawServer((req, res) => {
    paths.push(req.url);
    req.resume().on('end', () => res.end('{}'));
  });
  return { gateway: await passthroughGateway(`${url}/v1`, rules), paths };
}

describe('listed', () => {
  it.each([
    ['GET', '/files/file-1/content', '/v1/files/file-1/content'],
    ['GET', '/files/a%20b%3Fc/content', '/v1/files/a%20b%3Fc/content'],
    ['GET', '/files/%66ile@2:x/content', '/v1/files/file@2:x/content'],
    ['GET', '/assets/a/b.png', '/v1/assets/a/b.png'],
    ['POST', '/files', '/v1/files'],
  ])('%s %s', async (method, path, upstream) => {
    const { gateway, paths } = await start();
    const response = await gateway.call(method, path, method === 'POST' ? { body: 'x' } : {});
    expect(response.status).toBe(200);
    expect(paths).toEqual([upstream]);
  });
});

describe('not listed: 404, and the provider hears nothing', () => {
  it.each([
    ['GET', '/files'],
    ['DELETE', '/files/a/content'],
    ['POST', '/files/'],
    ['POST', '/Files'],
    ['GET', '/files//content'],
    ['GET', '/files/a/b/content'],
    ['GET', '/files/a/../content'],
    ['GET', '/files/../content'],
    ['GET', '/files/%2e%2e/content'],
    ['GET', '/files/%2E./content'],
    ['GET', '/files/a%2Fb/content'],
    ['GET', '/files/..%2F..%2Fadmin/content'],
    ['GET', '/files/a%5Cb/content'],
    ['GET', '/files/a\\b/content'],
    ['GET', '/files/%252e%252e%252f/content'],
    ['GET', '/files/a%00/content'],
    ['GET', '/files/a%0d%0aX:y/content'],
    ['GET', '/files/%c0%ae/content'],
    ['GET', '/files/..;x=1/content'],
    ['GET', '/files/a#b/content'],
    ['GET', '/assets'],
    ['GET', '/assets/'],
    ['GET', '/assets/../../admin'],
    ['GET', '/assets/%2e%2e/%2e%2e/admin'],
    ['GET', '/assets/a/./b'],
    ['POST', '/open/chat/completions'],
    ['POST', '/open/v1/Chat/Completions'],
    ['POST', '/open/%63hat/completions'],
    ['POST', '/open/embeddings'],
  ])('%s %s', async (method, path) => {
    const { gateway, paths } = await start();
    const { status, body } = await raw(gateway.url, gateway.key, method, `/v1/providers/alpha${path}`);
    expect([400, 404]).toContain(status);
    expect(body).toContain('"error":{"code":4');
    expect(paths).toEqual([]);
  });

  it('a provider that is unknown, or lists nothing', async () => {
    const { gateway, paths } = await start();
    for (const name of ['beta', 'constructor', '__proto__', '..', '%2e%2e', 'ALPHA']) {
      const { status } = await raw(gateway.url, gateway.key, 'POST', `/v1/providers/${name}/files`);
      expect(status).toBe(404);
    }
    expect(paths).toEqual([]);
  });

  it('anything, when no provider lists anything', async () => {
    const { gateway } = await open([]);
    const response = await fetch(`${gateway.alpha}/files`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: { code: 404, type: 'not_found_error', metadata: { error_type: 'not_found' } },
    });
    expect(response.headers.has('x-generation-id')).toBe(false);
  });
});

it('the list of providers stays where it was', async () => {
  const { gateway } = await start();
  expect((await fetch(`${gateway.url}/v1/providers`)).status).toBe(200);
});

it('without a key, or with a wrong one: 401, and the provider hears nothing', async () => {
  const { gateway, paths } = await start();
  for (const headers of [{}, { authorization: 'Bearer sk-or-v1-no' }, { cookie: 'session=1' }]) {
    const response = await fetch(`${gateway.alpha}/files`, { method: 'POST', body: 'x', headers });
    expect(response.status).toBe(401);
  }
  expect(paths).toEqual([]);
});

it('a body behind a method that has none is refused: it could be read as a request of its own', async () => {
  const { gateway, paths } = await start();
  const smuggled = 'GET /admin HTTP/1.1\r\nHost: x\r\n\r\n';
  const chunk = `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`;
  const { status } = await raw(
    gateway.url,
    gateway.key,
    'GET',
    '/v1/providers/alpha/assets/a',
    'transfer-encoding: chunked\r\n',
    chunk,
  );
  expect(status).toBe(400);
  expect(paths).toEqual([]);
});

it('a reload changes what is listed, and a wrong one changes nothing', async () => {
  const { gateway } = await start();
  const { url } = await rawServer((req, res) => req.resume().on('end', () => res.end('new')));
  const reload = (path: string): void =>
    gateway.gateway.reload({
      providers: { alpha: { baseUrl: url, passthrough: [rule('POST', path)] } },
    });
  expect(() => reload('/chat/completions')).toThrow('providers.alpha.passthrough.0.path');
  expect((await gateway.call('POST', '/files', { body: 'x' })).status).toBe(200);
  reload('/videos');
  expect((await gateway.call('POST', '/files', { body: 'x' })).status).toBe(404);
  expect(await (await gateway.call('POST', '/videos', { body: 'x' })).text()).toBe('new');
});

/** A request whose path is sent as it stands. */
function raw(
  url: string,
  key: string,
  method: string,
  path: string,
  headers = 'content-length: 0\r\n',
  body = '',
): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = '';
    connect(Number(port), hostname)
      .on('error', reject)
      .on('data', (data) => {
        answer += data.toString();
      })
      .on('close', () =>
        resolve({ status: Number(answer.split(' ')[1]), body: answer.split('\r\n\r\n').slice(1).join() }),
      )
      .write(
        `${method} ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\nconnection: close\r\n${headers}\r\n${body}`,
      );
  });
}
