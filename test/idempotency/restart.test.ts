import { textStream, whole } from '@onerouter/core/testing';
import { LEASE_MS } from '@onerouter/billing';
import { expect, it } from 'vitest';
import { gatewayServer } from '../support/gateway.ts';
import { Gate, newKey, otherProcess, under } from './support.ts';

const DAY_MS = 86_400_000;

it('an answer is given again after a restart, for a day', async () => {
  const server = await gatewayServer();
  server.provider().play(textStream('Hel', 'lo'), whole('Another'));
  const key = newKey();
  const fields = { stream: true, usage: { include: true } };
  const first = await (await server.chat(fields, under(key))).text();
  await server.settled();
  let ahead = DAY_MS - 60_000;
  const restarted = await otherProcess(server, () => Date.now() + ahead);
  const again = await restarted.ask(fields, key);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(await again.text()).toBe(first);
  expect(server.provider().calls).toHaveLength(1);
  ahead = DAY_MS + 1;
  const anew = await restarted.ask({}, key);
  expect(anew.headers.get('idempotency-replayed')).toBeNull();
  expect(await anew.text()).toContain('Another');
});

it('a key whose process died is free when its reservation has been released', async () => {
  const server = await gatewayServer();
  const gate = new Gate();
  server.provider().play(async () => gate.pass(), whole('Hello'));
  const key = newKey();
  // It never answers, and its lease is not renewed: dead, as far as others can see.
  const dead = server.chat({}, under(key)).catch(() => undefined);
  await gate.reached;
  let ahead = 0;
  const other = await otherProcess(server, () => Date.now() + ahead);
  expect((await other.ask({}, key)).status).toBe(409);
  ahead = LEASE_MS * 3;
  expect((await other.ask({}, key)).status).toBe(409);
  await other.store.ledger.sweep();
  const anew = await other.ask({}, key);
  expect(anew.status).toBe(200);
  expect(await anew.text()).toContain('Hello');
  expect(await server.spent()).toBe('0.00002');
  await server.gateway.drain(1);
  await dead;
});

it('an answer that was kept and not charged does not count: its process died between', async () => {
  const server = await gatewayServer();
  const gate = new Gate();
  const { ledger } = server.store;
  const settle = ledger.settle.bind(ledger);
  ledger.settle = async (...given) => {
    ledger.settle = settle;
    await gate.pass();
    return settle(...given);
  };
  server.provider().play(whole('First'), whole('Second'));
  const key = newKey();
  const first = server.chat({}, under(key));
  await gate.reached;
  let ahead = 0;
  const other = await otherProcess(server, () => Date.now() + ahead);
  expect((await other.ask({}, key)).status).toBe(409);
  ahead = LEASE_MS * 3;
  await other.store.ledger.sweep();
  expect(await (await other.ask({}, key)).text()).toContain('Second');
  expect(await server.spent()).toBe('0.00002');
  gate.open();
  await first;
});
