import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import {
  emptyFacts,
  exchangeSlot,
  openExchange,
  principalSlot,
  readBody,
  routeSlot,
  type Principal,
} from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import { createCatalogue } from '../catalogue/create-catalogue.ts';
import { fakeProvider } from '../testing/index.ts';
import type { Strategy } from './ask.ts';
import type { HealthView } from './health.ts';
import { resolveModel } from './resolve-model.ts';
import { STICKY_IDLE_MS, stickyRouting } from './sticky.ts';

const price = { prompt: '0.000001', completion: '0.000002' };
const cached = { ...price, input_cache_read: '0.0000001' };
const names = ['a', 'b', 'c', 'd'];
const catalogue = createCatalogue({
  providers: names.map((name) => fakeProvider(name)),
  models: [
    { id: 'acme/caching', endpoints: names.map((provider) => ({ provider, model: 'm', pricing: cached })) },
    { id: 'acme/plain', endpoints: names.map((provider) => ({ provider, model: 'm', pricing: price })) },
  ],
});

let server: TestServer | undefined;
afterEach(() => server?.close());

const HELLO = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Hello' },
];
const LATER = [...HELLO, { role: 'assistant', content: 'Hi' }, { role: 'user', content: 'And then?' }];

describe('a conversation sticks to the endpoint that last answered it', () => {
  it('when cached input is cheaper there, known by its opening messages', async () => {
    const { first } = await routing();
    const at = await first({ messages: HELLO }, 'b');
    expect(at).toBe('a');
    expect(await first({ messages: LATER }, 'b')).toBe('b');
    expect(await first({ messages: [{ role: 'user', content: 'Hello' }] })).toBe('a');
  });

  it.each([
    ['session_id', { session_id: 's-1' }, {}],
    ['x-session-id', {}, { 'x-session-id': 's-1' }],
  ])('wherever it is, when named by %s', async (_name, fields, headers) => {
    const { first } = await routing();
    const model = 'acme/plain';
    await first({ model, messages: HELLO, ...fields }, 'c', headers);
    expect(await first({ model, messages: LATER, ...fields }, 'c', headers)).toBe('c');
    expect(await first({ model, messages: [{ role: 'user', content: 'x' }], ...fields }, 'c', headers)).toBe(
      'c',
    );
    expect(await first({ model, messages: LATER })).toBe('a');
  });

  it('named by prompt_cache_key', async () => {
    const { first } = await routing();
    await first({ messages: HELLO, prompt_cache_key: 'k' }, 'd');
    expect(await first({ messages: [{ role: 'user', content: 'x' }], prompt_cache_key: 'k' })).toBe('d');
  });

  it('and with fallbacks forbidden, it is the only one', async () => {
    const { first } = await routing();
    await first({ messages: HELLO }, 'c');
    expect(await first({ messages: LATER, provider: { allow_fallbacks: false } })).toBe('c');
  });
});

describe('it does not stick', () => {
  it('where cached input costs the same and no session was named', async () => {
    const { first } = await routing();
    await first({ model: 'acme/plain', messages: HELLO }, 'b');
    expect(await first({ model: 'acme/plain', messages: LATER })).toBe('a');
  });

  it('for another account', async () => {
    const { first } = await routing();
    await first({ messages: HELLO }, 'b', { 'x-account': 'one' });
    expect(await first({ messages: HELLO }, undefined, { 'x-account': 'two' })).toBe('a');
  });

  it('for another model', async () => {
    const { first } = await routing();
    await first({ messages: HELLO, session_id: 's' }, 'b');
    expect(await first({ model: 'acme/plain', messages: LATER, session_id: 's' })).toBe('a');
  });

  it.each([{ sort: 'price' }, { order: ['a'] }, { ignore: ['b'] }])(
    'against provider %o',
    async (provider) => {
      const { first } = await routing();
      await first({ messages: HELLO }, 'b');
      expect(await first({ messages: LATER, provider })).toBe('a');
    },
  );

  it('against :floor', async () => {
    const { first } = await routing();
    await first({ messages: HELLO }, 'b');
    expect(await first({ model: 'acme/caching:floor', messages: LATER })).toBe('a');
  });

  it('to an endpoint in trouble', async () => {
    const { first } = await routing({ healthy: (id) => !id.startsWith('b/') });
    await first({ messages: HELLO }, 'b');
    expect(await first({ messages: LATER })).toBe('a');
  });

  it('after it has rested too long', async () => {
    const { first, clock } = await routing();
    await first({ messages: HELLO }, 'b');
    clock.ms += STICKY_IDLE_MS - 1;
    expect(await first({ messages: LATER }, 'b')).toBe('b');
    clock.ms += STICKY_IDLE_MS + 1;
    expect(await first({ messages: LATER })).toBe('a');
  });

  it('to an endpoint that failed, or that a cached answer came from', async () => {
    const { first } = await routing();
    await first({ messages: HELLO }, 'b', { 'x-end': 'truncated' });
    await first({ messages: HELLO }, 'b', { 'x-end': 'cache' });
    expect(await first({ messages: LATER })).toBe('a');
  });
});

it('bounds what it remembers', () => {
  const sticky = stickyRouting({ maxConversations: 2 });
  for (const key of ['1', '2', '3']) sticky.keep(key, 'e');
  expect([sticky.recall('1'), sticky.recall('2'), sticky.recall('3')]).toEqual([undefined, 'e', 'e']);
});

const asConfigured: Strategy = (candidates) => candidates;

/** Routes of requests of which the configured order stands, and that one provider then answers. */
async function routing(health: HealthView = {}): Promise<{
  first: (body: object, answeredBy?: string, headers?: Readonly<Record<string, string>>) => Promise<string>;
  clock: { ms: number };
}> {
  const clock = { ms: 1_000 };
  const sticky = stickyRouting({ now: () => clock.ms });
  const app = express();
  app.use(openExchange({ surface: 'chat' }), readBody({ surface: 'chat' }));
  app.use((req, _res, next) => {
    principalSlot.set(req, { accountId: req.get('x-account') ?? 'one' } as Principal);
    next();
  });
  app.use(resolveModel({ catalogue, strategy: asConfigured, health, sticky }), async (req, res) => {
    const { candidates } = routeSlot.get(req);
    const exchange = exchangeSlot.get(req);
    const candidate = candidates.find(({ endpoint }) => endpoint.provider.name === req.get('x-answered-by'));
    if (req.get('x-end') === 'cache') exchange.record.cacheHit = true;
    const status = req.get('x-end') === 'truncated' ? 'truncated' : 'complete';
    await exchange.settle({ status, facts: emptyFacts(), candidate });
    res.send(candidates[0]?.endpoint.provider.name);
  });
  const { url } = (server = await serve(app));
  return {
    clock,
    first: async (body, answeredBy = '', headers = {}) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-answered-by': answeredBy, ...headers },
        body: JSON.stringify({ model: 'acme/caching', ...body }),
      });
      return response.text();
    },
  };
}
