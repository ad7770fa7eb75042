import { refuse, whole } from '@onerouter/core/testing';
import { expect, it } from 'vitest';
import { at, gatewayServer } from '../support/gateway.ts';
import { newKey, under } from './support.ts';

const away = (): Promise<never> => Promise.reject(new Error('away'));

it('a key that cannot be checked is refused; a request without one is not', async () => {
  const server = await gatewayServer();
  const { idempotency } = server.store;
  const claim = idempotency.claim.bind(idempotency);
  idempotency.claim = away;
  const key = newKey();
  const refused = await server.ask({}, under(key));
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect((await server.ask()).status).toBe(200);
  idempotency.claim = claim;
  expect((await server.ask({}, under(key))).status).toBe(200);
});

it('an answer that cannot be kept is given all the same, once, and charged once', async () => {
  const server = await gatewayServer();
  server.store.idempotency.finish = away;
  const key = newKey();
  expect((await server.ask({}, under(key))).status).toBe(200);
  await server.settled();
  const refused = await server.ask({}, under(key));
  expect(refused.status).toBe(409);
  expect(at(refused.json, 'error.metadata.reason')).toBe('not_kept');
  expect(server.provider().calls).toHaveLength(1);
  expect(await server.spent()).toBe('0.00002');
});

it('a key that cannot be freed after a failure is found to be free', async () => {
  const server = await gatewayServer();
  server.provider().play(refuse(400), whole('Hello'));
  server.store.idempotency.drop = away;
  const key = newKey();
  expect((await server.ask({}, under(key))).status).toBe(400);
  await server.settled();
  expect((await server.ask({}, under(key))).status).toBe(200);
});
