import { scriptedProvider, textStream, whole } from '@onerouter/core/testing';
import { expect, it, onTestFinished } from 'vitest';
import { ask, candidate, chainServer, readStream } from '../support/chain.ts';

it('what the gateway does not own reaches the provider byte for byte', async () => {
  const { server, alpha } = await one();
  const content = [
    { type: 'text', text: 'Grüße\u2028 "quoted" \\ /' },
    { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${'iVBORw0KGgo'.repeat(1000)}` } },
    {
      type: 'file',
      file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${'JVBERi0xLjQ'.repeat(1000)}` },
    },
    { type: 'input_audio', input_audio: { data: 'UklGRg=='.repeat(500), format: 'wav' } },
  ];
  const body =
    '{ "model" : "acme/writer",\n\t"temperature": 1.0, "seed": 12345678901234567890,' +
    ` "messages": [{"role":"user","content":${JSON.stringify(content)}}], "invented_tomorrow": {"a": [1, 2]} }`;
  await fetch(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const sent = alpha.calls[0]?.raw.toString('utf8') ?? '';
  expect(sent === body.replace('"acme/writer"', '"alpha-writer"')).toBe(true);
  expect(sent).toContain('12345678901234567890');
});

it('usage is asked for in every stream, without dropping other stream options', async () => {
  const { server, alpha } = await one();
  alpha.play(textStream('Hi'));
  await readStream(await ask(server, { stream: true, stream_options: { include_obfuscation: false } }));
  expect(alpha.calls[0]?.json).toMatchObject({
    stream: true,
    stream_options: { include_obfuscation: false, include_usage: true },
  });
});

it("the gateway's own fields stay with the gateway", async () => {
  const { server, alpha } = await one();
  await ask(server, {
    provider: { order: ['x'] },
    models: ['acme/writer'],
    usage: { include: true },
    route: 'fallback',
    transforms: [],
    session_id: 's',
    user: 'u',
  });
  expect(Object.keys(alpha.calls[0]?.json ?? {})).toEqual(['model', 'messages', 'user']);
});

it('no header of the client reaches the provider', async () => {
  const { server, alpha } = await one();
  await fetch(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer client-key',
      cookie: 'session=1',
      'x-forwarded-for': '10.0.0.1',
      'x-custom': 'mine',
      te: 'trailers',
    },
    body: JSON.stringify({ model: 'acme/writer', messages: [{ role: 'user', content: 'Hi' }] }),
  });
  const headers = alpha.calls[0]?.headers ?? {};
  expect(headers['authorization']).toBe('Bearer sk-alpha');
  expect(Object.keys(headers).toSorted()).toEqual([
    'accept',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    'user-agent',
  ]);
});

it("no header of the provider reaches the client, nor the provider's names", async () => {
  const { server, alpha } = await one();
  alpha.play((res) => {
    res.setHeader('set-cookie', 'a=b');
    res.setHeader('x-upstream-secret', '1');
    res.setHeader('content-type', 'application/json');
    res.end(
      '{"id":"chatcmpl-up","model":"alpha-writer","choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}',
    );
  });
  const response = await ask(server);
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(response.headers.get('x-upstream-secret')).toBeNull();
  expect(await response.json()).toMatchObject({
    id: response.headers.get('x-generation-id'),
    model: 'acme/writer',
    provider: 'alpha',
  });
});

it('a second key of the provider is tried when the first is refused', async () => {
  const alpha = await scriptedProvider((res, call) => {
    res.writeHead(call.headers.authorization === 'Bearer good' ? 200 : 401, {
      'content-type': 'application/json',
    });
    res.end('{"choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}');
  });
  const server = await chainServer([candidate('alpha', alpha, { apiKeys: ['bad', 'good'] })]);
  onTestFinished(async () => {
    await server.close();
    await alpha.close();
  });
  expect((await ask(server)).status).toBe(200);
  expect((await server.record()).attempts).toMatchObject([
    { errorType: 'credentials_rejected' },
    { errorType: null },
  ]);
});

async function one(): Promise<{
  server: Awaited<ReturnType<typeof chainServer>>;
  alpha: Awaited<ReturnType<typeof scriptedProvider>>;
}> {
  const alpha = await scriptedProvider(whole('Hi'));
  const server = await chainServer([candidate('alpha', alpha)]);
  onTestFinished(async () => {
    await server.close();
    await alpha.close();
  });
  return { server, alpha };
}
