import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, KEYS, model, openGateway, type GatewayServer } from '../support/gateway.ts';
import { refusal } from '../support/refusal.ts';

const CHAT = '/v1/chat/completions';
const GOOD = { messages: [{ role: 'user', content: 'Write.' }] };

let server: GatewayServer;
beforeAll(async () => {
  const models = [
    model('acme/writer-1', [{ provider: 'alpha' }], { aliases: ['scribe', 'claude-3-5-sonnet-20240620'] }),
    model('acme/painter', [{ provider: 'alpha' }]),
  ];
  server = await openGateway({ models });
});
afterAll(async () => {
  const spent = await server.spent();
  await server.close();
  expect(spent).toBe('0');
});

describe('a model that nobody knows', () => {
  it.each([
    ['acme/writter-1', 'acme/writer-1'],
    ['writer', 'acme/writer-1'],
    ['acme/paintr', 'acme/painter'],
    ['claude-3-5-sonnet-20240621', 'acme/writer-1'],
  ])('%s is refused, and %s is suggested', async (name, suggestion) => {
    const error = await refusal(server.post(CHAT, { ...GOOD, model: name }));
    expect(error).toMatchObject({ code: 404, param: 'model' });
    expect(at(error, 'metadata.suggestions')).toContain(suggestion);
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
    '../../etc/passwd',
    '\u0000',
    '💥',
    ':free',
    '/',
    'x'.repeat(256),
  ])('%j is refused', async (name) => {
    const error = await refusal(server.post(CHAT, { ...GOOD, model: name }));
    expect(error['code']).toBe(404);
    expect(at(error, 'metadata.suggestions')).toBeInstanceOf(Array);
  });
});

describe('a route that there is not', () => {
  it.each([
    '/v1/nothing',
    '/api/v1/nothing',
    '/v1/chat',
    '/v1/',
    '/v1/chat/completions/x',
    '/v1/%E0%A4%A',
    '/v1/models/%ff/x/endpoints',
  ])('%s is refused in the form of every error', async (path) => {
    const error = await refusal(fetch(server.url + path));
    expect([400, 404]).toContain(error['code']);
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('is a completion by %s', async (method) => {
    const error = await refusal(
      fetch(server.url + CHAT, { method, headers: { authorization: `Bearer ${KEYS.key}` } }),
    );
    expect([404, 405]).toContain(error['code']);
  });
});
