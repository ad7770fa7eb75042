import { createLedger, createMemoryBooks, type Ledger } from '@onerouter/billing';
import { draft, generation } from '@onerouter/billing/testing';
import { errorResponder, parseUsd, unknownRoute, type Principal } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testPrincipal } from '../testing/test-principal.ts';
import { creditRoutes } from './credit-routes.ts';
import { grantNote } from './grant-note.ts';

const NOW = Date.UTC(2026, 8, 23, 12);
const ann = 'acc-ann';

describe('creditRoutes()', () => {
  let ledger: Ledger;
  let caller: Principal;
  let server: TestServer;
  beforeEach(async () => {
    ledger = createLedger(createMemoryBooks({ now: () => NOW }));
    caller = testPrincipal({ accountId: ann });
    const app = express();
    app.use(creditRoutes({ ledger, principal: () => caller, withoutPayments: true }));
    app.use(unknownRoute(), errorResponder());
    server = await serve(app);
  });
  afterEach(async () => {
    await server.close();
    await ledger.close();
  });

  const get = async (path: string): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(`${server.url}${path}`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const spend = async (id: string, cost: bigint): Promise<void> => {
    await ledger.reserve({ id, account: ann, key: 'k', amount: cost, draft: draft(id, ann) });
    await ledger.settle(id, generation(id, ann, { cost }));
  };

  it('shows the balance to the nano-dollar, with its lots and what is left of them', async () => {
    await ledger.credit({ entryId: 'paid', account: ann, amount: parseUsd('5'), expiresAt: NOW + 1_000 });
    await ledger.credit({ entryId: 'given', account: ann, amount: 1n, kind: 'grant', expiresAt: null });
    await spend('g1', 123_456n);
    await ledger.reserve({ id: 'g2', account: ann, key: 'k', amount: 7n, draft: draft('g2', ann) });
    expect(await get('/credits/balance')).toEqual({
      status: 200,
      body: {
        data: {
          balance_usd: '4.999876545',
          reserved_usd: '0.000000007',
          available_usd: '4.999876538',
          total_credits_usd: '5.000000001',
          total_usage_usd: '0.000123456',
          lots: [
            {
              id: 'paid',
              amount_usd: '5',
              remaining_usd: '4.999876544',
              expires_at: '2026-09-23T12:00:01.000Z',
            },
            { id: 'given', amount_usd: '0.000000001', remaining_usd: '0.000000001', expires_at: null },
          ],
        },
      },
    });
  });

  it('lists entries newest first and page by page, without charges', async () => {
    for (const n of [1, 2, 3]) {
      await ledger.credit({ entryId: `pay-${n}`, account: ann, amount: 10n });
      await spend(`g${n}`, 1n);
    }
    await ledger.debit({ entryId: 'back', account: ann, amount: 4n, note: 'by card' });
    const first = await get('/credits/entries?limit=2');
    expect(first.body['data']).toEqual([
      {
        id: 'back',
        kind: 'refund',
        amount_usd: '-0.000000004',
        at: '2026-09-23T12:00:00.000Z',
        note: 'by card',
      },
      expect.objectContaining({ id: 'pay-3', kind: 'top_up', amount_usd: '0.00000001', note: null }),
    ]);
    const second = await get(`/credits/entries?limit=2&cursor=${String(first.body['next_cursor'])}`);
    expect(second.body).toMatchObject({ data: [{ id: 'pay-2' }, { id: 'pay-1' }], next_cursor: null });
  });

  it('does not tell which operator gave a grant', async () => {
    const entry = { account: ann, amount: 1n, kind: 'grant' } as const;
    await ledger.credit({ ...entry, entryId: 'a', note: grantNote('ops@example.com', undefined) });
    await ledger.credit({ ...entry, entryId: 'b', note: grantNote('ops@example.com', 'for the\noutage') });
    await ledger.credit({ ...entry, entryId: 'c', note: 'bootstrap' });
    const { body } = await get('/credits/entries');
    expect((body['data'] as { note: unknown }[]).map(({ note }) => note)).toEqual([
      'bootstrap',
      'for the\noutage',
      null,
    ]);
  });

  it("shows nothing of another account's", async () => {
    await ledger.credit({ entryId: 'paid', account: ann, amount: 10n });
    caller = testPrincipal({ accountId: 'acc-bob' });
    expect((await get('/credits/balance')).body).toMatchObject({ data: { balance_usd: '0', lots: [] } });
    expect((await get('/credits/entries')).body).toEqual({ data: [], next_cursor: null });
  });

  it('says that nothing can be bought here', async () => {
    expect((await get('/credits/methods')).body).toEqual({ data: { stripe: false } });
  });

  it('names a query that is not accepted', async () => {
    for (const [query, param] of [
      ['limit=0', 'limit'],
      ['limit=201', 'limit'],
      ['limit=ten', 'limit'],
      ['cursor=-1', 'cursor'],
      ['cursor=1&cursor=2', 'cursor'],
      ['cursor[$gt]=1', 'cursor[$gt]'],
      ['account=acc-bob', 'account'],
    ]) {
      const { status, body } = await get(`/credits/entries?${query}`);
      expect([status, (body['error'] as { param: unknown }).param]).toEqual([400, param]);
    }
  });

  it('is for sessions and management keys, and leaves other paths alone', async () => {
    for (const kind of ['session', 'management', 'api'] as const) {
      caller = testPrincipal({ accountId: ann, kind });
      for (const path of ['/credits/balance', '/credits/entries', '/credits/methods']) {
        expect((await get(path)).status).toBe(kind === 'api' ? 403 : 200);
      }
      expect((await get('/credits/checkout')).status).toBe(404);
    }
  });
});
