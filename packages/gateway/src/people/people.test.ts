import { memoryAccounts, memoryAlertClaims, memoryTickets } from '@onerouter/accounts';
import { memorySessions } from '@onerouter/auth';
import { createLedger, createMemoryBooks } from '@onerouter/billing';
import { scriptedProvider, whole } from '@onerouter/core/testing';
import { memoryGenerationLog } from '@onerouter/metering';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { memoryStore, testGateway, writer, type TestGateway } from '../gateway.scene.ts';
import { onerouter } from '../onerouter.ts';
import type { Store } from '../store.ts';

let gateway: TestGateway;
let cookie: string;
let accountId: string;
let store: Store;

beforeEach(async () => {
  store = peopleStore();
  const provider = await scriptedProvider(whole('Hello'));
  gateway = await testGateway(provider.url, { store, people: {} });
  onTestFinished(async () => {
    await gateway.close();
    await store.ledger.close();
    await provider.close();
  });
  const signedUp = await call('POST /auth/sign-up', { email: 'ann@example.com', password: 'a long secret' });
  cookie = signedUp.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  ({ id: accountId } = ((await signedUp.json()) as { data: { id: string } }).data);
});

it('a signed-in person uses models, and sees what they cost', async () => {
  await store.ledger.credit({ entryId: 'gift', account: accountId, amount: 1_000_000_000n });
  const messages = [{ role: 'user', content: 'Hi' }];
  const answer = await call('POST /chat/completions', { model: 'acme/writer', messages });
  expect(answer.status).toBe(200);
  const { cost } = (await answer.json()) as { cost: number };
  const { data } = (await (await call('GET /credits')).json()) as { data: { total_usage: number } };
  expect(data.total_usage).toBe(cost);
});

it('a signed-in person makes a key, and the key is no way into the account', async () => {
  const made = (await (await call('POST /keys', { name: 'mine' })).json()) as { key: string };
  const own = await call('GET /key', undefined, { authorization: `Bearer ${made.key}` });
  expect(own.status).toBe(200);
  const account = await call('GET /account', undefined, { authorization: `Bearer ${made.key}` });
  expect(account.status).toBe(403);
});

it('the cookie of another site’s page buys no answer', async () => {
  const answer = await call(
    'POST /chat/completions',
    { model: 'acme/writer' },
    { 'sec-fetch-site': 'cross-site' },
  );
  expect(answer.status).toBe(403);
});

it('the operator’s area does not exist for others', async () => {
  const nowhere = await call('GET /operator/nowhere');
  const totals = await call('GET /operator/totals');
  expect(totals.status).toBe(404);
  expect(nowhere.status).toBe(404);
  await store.accounts.updateAccount(accountId, { role: 'operator' });
  const { data } = (await (await call('GET /operator/providers')).json()) as { data: readonly object[] };
  expect(data).toMatchObject([
    { provider: 'alpha', endpoints: [{ model: 'acme/writer', breaker: 'closed' }] },
  ]);
});

it('draining ends what pages keep open', async () => {
  const live = await call('GET /generations/live');
  const ended = live.text();
  await gateway.gateway.drain(1_000);
  expect(await ended).toContain('event: balance');
});

it('a store that cannot keep people is refused', async () => {
  const { store: bare } = await memoryStore();
  expect(() => onerouter({ store: bare, people: {}, ...writer('http://127.0.0.1:1') })).toThrow(
    /people need a store with sessions, tickets, .*alertClaims/,
  );
});

it('letters and other ways in need to know where people come from', () => {
  const sender = { send: async () => {} };
  expect(() => onerouter({ store, people: { sender }, ...writer('http://127.0.0.1:1') })).toThrow(
    'publicUrl',
  );
});

/** Everything in memory. */
function peopleStore(): Store {
  const accounts = memoryAccounts();
  const generations = memoryGenerationLog();
  return {
    keys: accounts,
    accounts,
    ledger: createLedger(createMemoryBooks()),
    generations,
    rollups: generations,
    sessions: memorySessions(),
    tickets: memoryTickets(),
    alertClaims: memoryAlertClaims(),
    ready: async () => true,
  };
}

/** A call as Ann's browser makes it. */
function call(name: string, body?: object, headers: Record<string, string> = { cookie }): Promise<Response> {
  const [method = '', path = ''] = name.split(' ');
  return fetch(`${gateway.url}/v1${path}`, {
    method,
    headers: { ...(cookie && { cookie }), 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
}
