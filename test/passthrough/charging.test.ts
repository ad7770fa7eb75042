import { describe, expect, it } from 'vitest';
import { CREDIT, passthroughGateway, PRICE, rawServer, rule } from './scene.ts';

describe('a call that succeeds', () => {
  it('costs its price once, and leaves a record', async () => {
    const { url } = await rawServer((_req, res) => res.end('{}'));
    const gateway = await passthroughGateway(url, [rule('POST', '/images/:action')]);
    const response = await gateway.call('POST', '/images/edits', { body: 'x' });
    expect(response.status).toBe(200);
    await response.text();
    expect(await gateway.available()).toBe(CREDIT - PRICE);
    expect(await gateway.record(response)).toMatchObject({
      surface: 'passthrough',
      status: 'complete',
      provider: 'alpha',
      requestedModel: 'POST /images/:action',
      usage: null,
      cost: PRICE,
      lines: [{ item: 'request', quantity: 1, unitPrice: '0.01', amount: '0.01' }],
      attempts: [{ provider: 'alpha', model: 'POST /images/:action', status: 200, errorType: null }],
    });
    const shown = await fetch(`${gateway.url}/v1/generation?id=${response.headers.get('x-generation-id')}`, {
      headers: { authorization: `Bearer ${gateway.key}` },
    });
    expect(await shown.json()).toMatchObject({ data: { provider_name: 'alpha', total_cost: 0.01 } });
  });

  it('is refused with 402 and never sent when the price is not there', async () => {
    let calls = 0;
    const { url } = await rawServer((_req, res) => {
      calls += 1;
      res.end('{}');
    });
    const gateway = await passthroughGateway(url, [rule('POST', '/videos', '1.01')]);
    const response = await gateway.call('POST', '/videos', { body: 'x' });
    expect(response.status).toBe(402);
    expect(await response.json()).toMatchObject({
      error: {
        code: 402,
        metadata: { required_usd: '1.01', available_usd: '1', binding_limit: 'account' },
      },
    });
    expect(calls).toBe(0);
    expect(await gateway.available()).toBe(CREDIT);
  });

  it('may be free where the configuration says so', async () => {
    const { url } = await rawServer((_req, res) => res.end('{}'));
    const gateway = await passthroughGateway(url, [rule('GET', '/files', '0')]);
    expect((await gateway.call('GET', '/files')).status).toBe(200);
    expect(await gateway.available()).toBe(CREDIT);
  });
});

describe('a call that fails costs nothing and says why in our words', () => {
  const cases = [
    { upstream: 400, status: 400, errorType: 'invalid_request' },
    { upstream: 404, status: 404, errorType: 'not_found' },
    { upstream: 409, status: 409, errorType: 'precondition_failed' },
    { upstream: 422, status: 422, errorType: 'unprocessable' },
    { upstream: 429, status: 429, errorType: 'rate_limit_exceeded' },
    { upstream: 401, status: 502, errorType: 'credentials_rejected' },
    { upstream: 403, status: 502, errorType: 'credentials_rejected' },
    { upstream: 500, status: 502, errorType: 'provider_unavailable' },
    { upstream: 302, status: 502, errorType: 'malformed_answer' },
  ];
  it.each(cases)('provider $upstream: $status', async ({ upstream, status, errorType }) => {
    const { url } = await rawServer((_req, res) => {
      res.writeHead(upstream, { 'retry-after': '7', location: 'https://canary.example' });
      res.end('{"error":{"message":"canary sk-alpha"}}');
    });
    const gateway = await passthroughGateway(url, [rule('POST', '/files')]);
    const response = await gateway.call('POST', '/files', { body: 'x' });
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(text).not.toContain('canary');
    expect(JSON.parse(text)).toMatchObject({
      error: {
        code: status,
        metadata: {
          error_type: errorType,
          origin: 'upstream',
          provider_name: 'alpha',
          previous_errors: [{ provider: 'alpha', status: upstream }],
        },
      },
    });
    if (upstream === 429) expect(response.headers.get('retry-after')).toBe('7');
    expect(await gateway.available()).toBe(CREDIT);
    expect(await gateway.record(response)).toMatchObject({ status: 'failed', cost: 0n });
  });

  it('a provider that is down: 502', async () => {
    const down = await rawServer(() => {});
    await down.close();
    const gateway = await passthroughGateway(down.url, [rule('POST', '/files')]);
    const response = await gateway.call('POST', '/files', { body: 'x' });
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { metadata: { error_type: 'connection_error' } } });
    expect(await gateway.available()).toBe(CREDIT);
  });

  it('a provider that breaks off before it answers: 502', async () => {
    const { url } = await rawServer((req) => {
      req.socket.destroy();
    });
    const gateway = await passthroughGateway(url, [rule('POST', '/files')]);
    expect((await gateway.call('POST', '/files', { body: 'x' })).status).toBe(502);
    expect(await gateway.available()).toBe(CREDIT);
  });

  it('a provider that does not answer in time: 408', async () => {
    const { url } = await rawServer(() => {});
    const gateway = await passthroughGateway(url, [rule('POST', '/files')], {
      timeouts: { headersMs: 30 },
    });
    const response = await gateway.call('POST', '/files', { body: 'x' });
    expect(response.status).toBe(408);
    expect(await response.json()).toMatchObject({ error: { metadata: { error_type: 'headers_timeout' } } });
    expect(await gateway.available()).toBe(CREDIT);
  });

  it('a provider that breaks off within its answer: the client’s connection breaks too', async () => {
    const goOn = Promise.withResolvers<void>();
    const { url } = await rawServer(async (req, res) => {
      res.setHeader('content-length', 10);
      res.write('abc');
      await goOn.promise;
      req.socket.destroy();
    });
    const gateway = await passthroughGateway(url, [rule('GET', '/files/:id')]);
    const response = await gateway.call('GET', '/files/a');
    goOn.resolve();
    await expect(response.text()).rejects.toThrow();
    expect(await gateway.available()).toBe(CREDIT);
    expect(await gateway.record(response)).toMatchObject({
      status: 'truncated',
      attempts: [{ status: 200, errorType: 'stream_cut' }],
    });
  });
});

it('a key that was refused gives way to the next one', async () => {
  const keys: (string | undefined)[] = [];
  const { url } = await rawServer((req, res) => {
    keys.push(req.headers.authorization);
    res.writeHead(keys.length === 1 ? 401 : 200).end('{}');
  });
  const gateway = await passthroughGateway(url, [rule('GET', '/files')], {
    apiKey: undefined,
    apiKeys: ['one', 'two'],
  });
  expect((await gateway.call('GET', '/files')).status).toBe(502);
  expect((await gateway.call('GET', '/files')).status).toBe(200);
  expect((await gateway.call('GET', '/files')).status).toBe(200);
  expect(keys).toEqual(['Bearer one', 'Bearer two', 'Bearer two']);
});

it('the limits of a key hold for calls that are passed through too', async () => {
  const { url } = await rawServer((_req, res) => res.end('{}'));
  const limits = { requestsPerMinute: 1 };
  const gateway = await passthroughGateway(url, [rule('GET', '/files')], {}, { limits });
  expect((await gateway.call('GET', '/files')).status).toBe(200);
  const refused = await gateway.call('GET', '/files');
  expect(refused.status).toBe(429);
  expect(refused.headers.has('retry-after')).toBe(true);
  expect(await gateway.available()).toBe(CREDIT - PRICE);
});
