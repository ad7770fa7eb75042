import { hashKey, keyLabel, newManagementKey } from '@onerouter/auth';
import { stripeCredits } from '@onerouter/billing/stripe';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { operationsOf, readDescription } from '../openapi/read-description.ts';
import { FAKE_SECRET_KEY, FAKE_WEBHOOK_SECRET, fakeStripe } from '../support/fake-stripe/index.ts';
import { gatewayServer, type GatewayServer } from '../support/gateway.ts';
import { ask, makeKey, signUp, type Caller } from './walk.ts';

/** Everything that could tell somebody else about an account. */
interface Belongings {
  readonly account: string;
  readonly email: string;
  readonly key: string;
  readonly generation: string;
  readonly session: string;
  readonly payment: string;
}

/** Routes that everybody may ask, with or without an account. */
const OPEN = /^(GET|POST) \/(models?|providers|embeddings\/models|auth\/(?!codes))\b/;

const ENDS_SESSION = /sign-out|password|DELETE \/account\/sessions$/;

describe('with what belongs to another account', () => {
  let server: GatewayServer;
  let names: readonly string[];
  let ann: Caller;
  let belongings: Belongings;
  let strangers: readonly Caller[];

  beforeEach(async () => {
    const stripe = await fakeStripe();
    onTestFinished(() => stripe.close());
    server = await gatewayServer({
      people: ({ ledger, payments }) => ({
        payments: stripeCredits({
          secretKey: FAKE_SECRET_KEY,
          webhookSecret: FAKE_WEBHOOK_SECRET,
          apiBase: stripe.url,
          ledger,
          payments,
        }),
      }),
    });
    const all = operationsOf(await readDescription(server.url)).map(({ name }) => name);
    // Who signs out is nobody for the routes behind.
    names = [
      ...all.filter((name) => !ENDS_SESSION.test(name)),
      ...all.filter((name) => ENDS_SESSION.test(name)),
    ];
    ({ caller: ann, belongings } = await somebodyWithEverything(server));
    strangers = await everyWayIn(server);
  });

  it('nobody learns or changes anything, whatever route and way in they try', async () => {
    const before = await own(server, ann);
    let answered = 0;
    for (const name of names) {
      for (const stranger of strangers) {
        const seen = await ask(server.url, aim(name, belongings), stranger, bodyFor(name));
        const what = `${aim(name, belongings)} by ${stranger.name}`;
        expect(seen.status, what).toBeLessThan(500);
        for (const [part, value] of Object.entries(belongings)) {
          // Refusals may name what was asked for, and say no more of it.
          if (seen.status >= 400) continue;
          answered += 1;
          expect(seen.text.includes(value), `${what} tells the ${part}`).toBe(false);
        }
        if (name.includes('{') && !OPEN.test(name)) expect(seen.status, what).toBeGreaterThanOrEqual(400);
      }
    }
    expect(await own(server, ann)).toEqual(before);
    // Otherwise nobody was let in at all, and all this proves nothing.
    expect(answered).toBeGreaterThan(50);
  });

  it('a refusal is that of something that does not exist', async () => {
    const nothing: Belongings = {
      account: 'acc-000000000000000000000000',
      email: 'nobody@example.com',
      key: 'f'.repeat(64),
      generation: 'gen-000000000-000000000000000000000000',
      session: 'e'.repeat(64),
      payment: 'pay_000000000000000000000000',
    };
    for (const name of names.filter((one) => /\{|generation$/.test(one) && !OPEN.test(one))) {
      for (const stranger of strangers) {
        const theirs = await ask(server.url, aim(name, belongings), stranger, bodyFor(name));
        const missing = await ask(server.url, aim(name, nothing), stranger, bodyFor(name));
        expect(plain(theirs.text, belongings), name).toBe(plain(missing.text, nothing));
        expect(theirs.status, name).toBe(missing.status);
      }
    }
  });

  it('callers without a way in are told so everywhere but on open routes', async () => {
    for (const name of names.filter((one) => !OPEN.test(one))) {
      const { status, text } = await ask(server.url, aim(name, belongings), undefined, bodyFor(name));
      expect(status, `${name}: ${text}`).toBe(401);
    }
  });
});

/** Ann: a session, a key, a generation, a payment. */
async function somebodyWithEverything(
  server: GatewayServer,
): Promise<{ caller: Caller; belongings: Belongings }> {
  const email = 'ann@example.com';
  const { caller, id: account } = await signUp(server.url, email);
  await server.store.ledger.credit({ entryId: 'ann', account, amount: 1_000_000_000n });
  const { key, hash } = await makeKey(server.url, caller, 'the key of Ann');
  const answer = await server.chat({}, { key });
  const checkout = await ask(server.url, 'POST /credits/checkout', caller, { amount_usd: '10' });
  expect(checkout.status).toBe(200);
  return {
    caller,
    belongings: {
      account,
      email,
      key: hash,
      generation: answer.headers.get('x-generation-id') ?? '',
      session: firstId(await ask(server.url, 'GET /account/sessions', caller)),
      payment: firstId(await ask(server.url, 'GET /credits/payments', caller)),
    },
  };
}

/** Bob, in all the ways that one can be somebody. */
async function everyWayIn(server: GatewayServer): Promise<readonly Caller[]> {
  const { caller, id: accountId } = await signUp(server.url, 'bob@example.com');
  await server.store.ledger.credit({ entryId: 'bob', account: accountId, amount: 1_000_000_000n });
  const { key } = await makeKey(server.url, caller, 'bob');
  const management = newManagementKey();
  await server.store.accounts.createKey({
    hash: hashKey(management),
    kind: 'management',
    accountId,
    name: 'bob',
    label: keyLabel(management),
    disabled: false,
    limit: null,
    limitReset: null,
    expiresAt: null,
    createdAt: Date.now(),
    updatedAt: null,
  });
  return [
    caller,
    { name: 'an API key', headers: { authorization: `Bearer ${key}` } },
    { name: 'a management key', headers: { authorization: `Bearer ${management}` } },
  ];
}

/** Puts somebody's ids where a route takes one. */
function aim(name: string, theirs: Belongings): string {
  const [method, path = ''] = name.split(' ');
  const id = path.startsWith('/credits')
    ? theirs.payment
    : path.startsWith('/account')
      ? theirs.session
      : theirs.account;
  const filled = path
    .replace('{hash}', theirs.key)
    .replace('{author}/{slug}', 'acme/writer-1')
    .replace('{slug}', 'writer-1')
    .replace('{provider}', 'github')
    .replace('{id}', id);
  const query = path.startsWith('/models') ? '' : `?id=${theirs.generation}&api_key_hash=${theirs.key}`;
  return `${method} ${filled}${query}`;
}

/** What would change something, if it were let through. */
function bodyFor(name: string): object {
  if (name.includes('/keys/')) return { name: 'taken over', disabled: true };
  if (name.endsWith('/grants')) return { amount_usd: '1000' };
  if (name.endsWith('PATCH /account')) return { allow_training: false };
  return {};
}

/** Ann's view of what is hers. */
async function own(server: GatewayServer, ann: Caller): Promise<readonly string[]> {
  const routes = [
    '/account',
    '/keys?include_disabled=true',
    '/credits/balance',
    '/credits/payments',
    '/generations',
  ];
  const seen = await Promise.all(routes.map((path) => ask(server.url, `GET ${path}`, ann)));
  const { text } = await ask(server.url, 'GET /account/sessions', ann);
  return [...seen.map((one) => one.text), firstId({ text })];
}

function firstId({ text }: { readonly text: string }): string {
  const { data } = JSON.parse(text) as { data: readonly { id: string }[] };
  return data[0]?.id ?? '';
}

/** A text without the ids in it, and without what is new each time. */
function plain(text: string, ids: Belongings): string {
  return Object.values(ids).reduce((left: string, id: string) => left.replaceAll(id, '…'), text);
}
