import { expect, it } from 'vitest';
import { onerouter } from '@onerouter/gateway';
import { serve } from '@onerouter/core/testing';
import { openSqliteStore } from '@onerouter/store-sqlite';
import express from 'express';
import { join } from 'node:path';
import { gatewayServer, WRITER, type GatewayServer } from '../support/gateway.ts';
import { at } from '../support/tools.ts';

const PASSWORD = 'correct horse battery';

/** A gateway with somebody who has just signed up and has credits, and the cookie of their browser. */
async function withPerson(): Promise<{ server: GatewayServer; cookie: string; account: string }> {
  const server = await gatewayServer({ people: () => ({}) });
  const email = 'ann@example.com';
  const answer = await server.post('/v1/auth/sign-up', { email, password: PASSWORD }, { key: null });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const account = (await server.store.accounts.findAccountByEmail(email))?.id ?? '';
  await server.store.ledger.credit({ entryId: 'gift', account, amount: 1_000_000_000n, note: 'gift' });
  return { server, cookie, account };
}

it('a signed-in person chats without a key, and sees what it cost', async () => {
  const { server, cookie, account } = await withPerson();
  const call = { key: null, headers: { cookie, 'sec-fetch-site': 'same-origin' } };
  const { status, json, headers } = await server.ask({}, call);
  expect([status, at(json, 'choices.0.message.content')]).toEqual([200, 'Hello']);
  await server.settled();
  const spent = (await server.store.ledger.balance(account)).totalUsage;
  expect(spent).toBeGreaterThan(0n);
  const id = headers.get('x-generation-id') ?? '';
  const seen = await fetch(`${server.url}/v1/generation?id=${id}`, { headers: { cookie } });
  expect(seen.status).toBe(200);
  expect(await server.store.generations.find(account, id)).toMatchObject({
    keyId: 'session',
    accountId: account,
  });
});

it('a chat under an Idempotency-Key runs once for a signed-in person too', async () => {
  const { server, cookie, account } = await withPerson();
  const headers = { cookie, 'sec-fetch-site': 'same-origin', 'idempotency-key': 'one' };
  const first = await server.ask({}, { key: null, headers });
  await server.settled();
  const again = await server.ask({}, { key: null, headers });
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.json).toEqual(first.json);
  expect(server.provider().calls).toHaveLength(1);
  await server.settled();
  expect(await server.store.ledger.entries(account)).toHaveLength(2);
});

it("a page of another site cannot spend the visitor's credits", async () => {
  const { server, cookie, account } = await withPerson();
  for (const headers of [
    { cookie, 'sec-fetch-site': 'cross-site' },
    { cookie, 'sec-fetch-site': 'same-site' },
    { cookie, origin: 'https://evil.example' },
  ]) {
    const { status, json } = await server.ask({}, { key: null, headers });
    expect([status, at(json, 'error.metadata.reason')]).toEqual([403, 'cross_origin']);
  }
  expect(server.provider().calls).toHaveLength(0);
  expect((await server.store.ledger.balance(account)).totalUsage).toBe(0n);
});

it('signing out everywhere is signing out of every process', async () => {
  const { server, cookie } = await withPerson();
  const store = openSqliteStore(join(server.directory, 'onerouter.db'));
  const { providers } = server;
  const log = { warn() {}, error() {} };
  const other = onerouter({ models: [WRITER], providers, store, log, people: {} });
  const second = await serve(express().use('/v1', other));
  const statusAt = async (url: string): Promise<number> =>
    (await fetch(`${url}/v1/account`, { headers: { cookie } })).status;
  expect([await statusAt(server.url), await statusAt(second.url)]).toEqual([200, 200]);
  const ended = await fetch(`${second.url}/v1/account/sessions`, { method: 'DELETE', headers: { cookie } });
  expect(await ended.json()).toEqual({ data: { ended: 1 } });
  expect([await statusAt(server.url), await statusAt(second.url)]).toEqual([401, 401]);
  const chat = await server.ask({}, { key: null, headers: { cookie } });
  expect(chat.status).toBe(401);
  await second.close();
  await other.drain(1_000);
  await store.close();
});
