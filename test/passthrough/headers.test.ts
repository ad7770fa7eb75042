import { connect } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import { expect, it } from 'vitest';
import { passthroughGateway, rawServer, rule, type PassthroughGateway } from './scene.ts';

/** What no provider may see, each with a value that is looked for everywhere. */
const PRIVATE = {
  cookie: 'session=canary-cookie',
  'x-forwarded-for': 'canary-forwarded',
  'x-forwarded-host': 'canary-forwarded-host',
  'x-real-ip': 'canary-ip',
  forwarded: 'for=canary-forwarded',
  'proxy-authorization': 'Basic canary-proxy',
  'x-api-key': 'canary-api-key',
  'idempotency-key': 'canary-idempotency',
  'http-referer': 'https://canary.example',
  referer: 'https://canary.example',
  origin: 'https://canary.example',
  'user-agent': 'canary-agent',
  te: 'trailers',
  'x-custom': 'canary-custom',
};

const PASSED = { accept: 'audio/mpeg', range: 'bytes=0-9', 'openai-beta': 'assistants=v2' };

it('a provider sees its own key and what is on the list, and nothing else', async () => {
  const { url, seen } = await watchingProvider();
  const gateway = await passthroughGateway(url, [rule('POST', '/audio/speech')], {
    headers: { 'X-Team': 'ours' },
  });
  await rawRequest(gateway, 'POST /v1/providers/alpha/audio/speech', {
    ...PRIVATE,
    ...PASSED,
    'content-type': 'application/json',
    'content-length': '2',
  });
  const [headers] = seen;
  expect(headers).toEqual({
    ...PASSED,
    'content-type': 'application/json',
    'content-length': '2',
    authorization: 'Bearer sk-alpha',
    'user-agent': 'onerouter',
    'x-team': 'ours',
    host: new URL(url).host,
    connection: 'close',
  });
});

it('Expect, which switches hooks of the proxy off, changes nothing of that', async () => {
  const { url, seen } = await watchingProvider();
  const gateway = await passthroughGateway(url, [rule('POST', '/audio/speech')]);
  await rawRequest(gateway, 'POST /v1/providers/alpha/audio/speech', {
    ...PRIVATE,
    expect: '100-continue',
    'content-length': '2',
  });
  expect(Object.keys(seen[0] ?? {}).toSorted()).toEqual([
    'authorization',
    'connection',
    'content-length',
    'host',
    'user-agent',
  ]);
  expect(seen[0]?.authorization).toBe('Bearer sk-alpha');
});

it('credentials in a query stay here, and the rest of it goes on', async () => {
  const { url, paths } = await watchingProvider();
  const gateway = await passthroughGateway(url, [rule('GET', '/files')]);
  const query = `limit=2&access_token=canary&purpose=a%20b&api-key=canary&x=${gateway.key}&after=file-1`;
  const response = await gateway.call('GET', `/files?${query}`);
  expect(response.status).toBe(200);
  expect(paths).toEqual(['/files?limit=2&purpose=a%20b&after=file-1']);
});

it('the client sees only what is on the list of the provider’s headers', async () => {
  const { url } = await rawServer((_req, res) => {
    res.writeHead(200, {
      'content-type': 'audio/mpeg',
      'content-disposition': 'inline',
      'set-cookie': ['a=canary', 'b=canary'],
      'x-request-id': 'canary-upstream',
      'openai-organization': 'canary-org',
      'x-ratelimit-remaining-requests': '1',
      server: 'canary',
      location: 'https://canary.example',
      'access-control-allow-origin': '*',
    });
    res.end('x');
  });
  const gateway = await passthroughGateway(url, [rule('POST', '/audio/speech')]);
  const response = await gateway.call('POST', '/audio/speech', { body: '{}' });
  const ours = ['connection', 'date', 'keep-alive', 'transfer-encoding', 'x-powered-by'];
  const names = [...response.headers.keys()].filter((name) => !ours.includes(name));
  expect(names.toSorted()).toEqual([
    'content-disposition',
    'content-type',
    'x-content-type-options',
    'x-generation-id',
    'x-request-id',
  ]);
  expect([...response.headers.values()].join()).not.toContain('canary');
});

async function watchingProvider(): Promise<{
  url: string;
  seen: IncomingHttpHeaders[];
  paths: (string | undefined)[];
}> {
  const seen: IncomingHttpHeaders[] = [];
  const paths: (string | undefined)[] = [];
  const { url } = await rawServer((req, res) => {
    seen.push(req.headers);
    paths.push(req.url);
    req.resume().on('end', () => res.end('{}'));
  });
  return { url, seen, paths };
}

/** A request with headers that fetch would not send, and the body `{}`. Resolves with the answer. */
function rawRequest(
  gateway: PassthroughGateway,
  line: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const { hostname, port, host } = new URL(gateway.url);
  const all = { host, authorization: `Bearer ${gateway.key}`, ...headers, connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return new Promise((resolve, reject) => {
    let answer = '';
    connect(Number(port), hostname)
      .on('error', reject)
      .on('data', (data) => {
        answer += data.toString();
      })
      .on('close', () => resolve(answer))
      .write(`${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n{}`);
  });
}
