import { textStream, whole } from '@onerouter/core/testing';
import { expect, it } from 'vitest';
import { at, gatewayServer, KEYS } from '../support/gateway.ts';

it('without configured limits nothing is limited, and nothing is said of it', async () => {
  const server = await gatewayServer();
  const answered = await server.ask();
  expect(answered.status).toBe(200);
  expect([...answered.headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
});

it('a key over its limit is refused before anything is reserved or asked upstream', async () => {
  const server = await gatewayServer({
    limits: { requestsPerMinute: 2, perAccount: { requestsPerMinute: 3 } },
  });
  expect((await server.ask()).headers.get('x-ratelimit-remaining')).toBe('1');
  expect((await server.ask({ model: 'acme/nobody' })).status).toBe(404);
  const refused = await server.ask();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(at(refused.json, 'error.metadata.origin')).toBe('gateway');
  expect(at(refused.json, 'error.metadata.error_type')).toBe('rate_limit_exceeded');
  expect(server.provider().calls).toHaveLength(1);
  // Another key of the account has a limit of its own, within that of the account.
  expect((await server.ask({}, { key: KEYS.limited })).status).toBe(200);
  const ofAccount = await server.ask({}, { key: KEYS.limited });
  expect(at(ofAccount.json, 'error.metadata.scope')).toBe('account');
  expect((await server.ask({}, { key: KEYS.stranger })).status).toBe(200);
});

it('tokens are counted as used, also by a stream', async () => {
  const server = await gatewayServer({ limits: { tokensPerMinute: 1_000 } });
  server.provider().play(textStream('Hi'), whole('Hello'));
  await (await server.chat({ stream: true, max_tokens: 900 })).text();
  await server.settled();
  // 15 were used; the question is estimated at 2.
  const answered = await server.ask({ max_tokens: 900, seed: 1 });
  expect(answered.headers.get('x-ratelimit-remaining')).toBe('83');
  expect((await server.ask({ max_tokens: 1_000 })).status).toBe(429);
});
