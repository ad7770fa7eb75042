import { draft, generation } from '@onerouter/billing/testing';
import { parseUsd, type Log } from '@onerouter/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testPrincipal } from '../testing/test-principal.ts';
import { startOperator, type OperatorScene } from './operator.scene.ts';
import { TOTALS_FRESH_MS } from './operator-totals.ts';

const PATHS = [
  '/operator/totals',
  '/operator/providers',
  '/operator/accounts',
  '/operator/accounts/acc-ann',
  '/operator/accounts/acc-nobody',
  '/operator/accounts/acc-ann/grants',
  '/operator',
];

describe('operatorRoutes()', () => {
  const log = { warn: vi.fn<Log['warn']>(), error: vi.fn<Log['error']>() };
  let scene: OperatorScene;
  beforeEach(async () => {
    scene = await startOperator(log);
  });
  afterEach(() => scene.close());

  it('looks to everybody else as if it were not there', async () => {
    for (const caller of [
      testPrincipal({ accountId: 'acc-ann' }),
      testPrincipal({ accountId: 'acc-ann', kind: 'management' }),
      testPrincipal({ accountId: 'acc-nobody' }),
      testPrincipal({ accountId: 'acc-ops', kind: 'api' }),
    ]) {
      scene.caller = caller;
      const unknown = await scene.call('/elsewhere');
      for (const path of PATHS) {
        for (const body of [undefined, { amount_usd: '1' }]) {
          const { status, text } = await scene.call(path, body);
          const method = body ? 'POST' : 'GET';
          expect(status).toBe(404);
          expect(text).toBe(unknown.text.replace('GET /elsewhere', `${method} ${path}`));
        }
      }
    }
    expect(await scene.ledger.entries('acc-ann')).toEqual([]);
  });

  it('lets an operator in with a session and with a management key, and no longer than the role lasts', async () => {
    expect((await scene.call('/operator/totals')).status).toBe(200);
    scene.caller = testPrincipal({ accountId: 'acc-ops', kind: 'management' });
    expect((await scene.call('/operator/totals')).status).toBe(200);
    await scene.accounts.updateAccount('acc-ops', { role: 'user' });
    expect((await scene.call('/operator/totals')).status).toBe(404);
  });

  it('sums up the whole server, and does so once in a while', async () => {
    const { ledger } = scene;
    await ledger.credit({ entryId: 'a', account: 'acc-ann', amount: parseUsd('5') });
    await ledger.credit({ entryId: 'b', account: 'acc-bob', amount: parseUsd('2') });
    await ledger.settle('g', generation('g', 'acc-ann', { cost: parseUsd('0.5') }));
    await ledger.reserve({ id: 'h', account: 'acc-bob', key: 'k', amount: 1n, draft: draft('h', 'acc-bob') });
    const day = { promptTokens: 1, completionTokens: 2, reasoningTokens: 0 };
    scene.days.push(
      { ...day, day: '2026-09-01', requests: 3, cost: 400n },
      { ...day, day: '2026-09-23', requests: 2, cost: 100n },
    );
    const { body } = await scene.call('/operator/totals');
    expect(body['data']).toEqual({
      accounts: 3,
      balance_usd: '6.5',
      reserved_usd: '0.000000001',
      credits_usd: '7',
      usage_usd: '0.5',
      today: { requests: 2, cost_usd: '0.0000001' },
      last_30_days: { requests: 5, cost_usd: '0.0000005' },
    });
    expect(scene.asked).toEqual([{ from: '2026-08-25', to: '2026-09-23' }]);
    await Promise.all([1, 2, 3].map(() => scene.call('/operator/totals')));
    expect(scene.asked).toHaveLength(1);
    scene.now += TOTALS_FRESH_MS;
    await Promise.all([1, 2, 3].map(() => scene.call('/operator/totals')));
    expect(scene.asked).toHaveLength(2);
  });

  it('answers 503 while the store is away, and at once when it is back', async () => {
    const away = vi.spyOn(scene.accounts, 'countAccounts').mockRejectedValue(new Error('away'));
    expect((await scene.call('/operator/totals')).status).toBe(503);
    away.mockRestore();
    expect((await scene.call('/operator/totals')).status).toBe(200);
  });

  it('shows how the providers fare; what is not known is null', async () => {
    expect((await scene.call('/operator/providers')).body['data']).toEqual([
      {
        provider: 'alpha',
        endpoints: [
          {
            model: 'acme/writer-1',
            upstream_model: 'writer-1-upstream',
            status: 'unhealthy',
            uptime_last_5m: 0,
            uptime_last_30m: null,
            uptime_last_1d: null,
            latency_p50: 120,
            throughput_p50: null,
            breaker: 'half_open',
          },
        ],
      },
    ]);
  });

  it('lists accounts page by page, and finds them by email or id', async () => {
    await scene.ledger.credit({ entryId: 'a', account: 'acc-ann', amount: 7n });
    const first = await scene.call('/operator/accounts?limit=2');
    expect(first.body).toEqual({
      data: [
        {
          id: 'acc-ann',
          email: 'ann@example.com',
          role: 'user',
          created_at: '2026-09-21T14:13:20.000Z',
          balance_usd: '0.000000007',
          available_usd: '0.000000007',
          total_usage_usd: '0',
        },
        expect.objectContaining({ id: 'acc-bob' }),
      ],
      next_cursor: 'acc-bob',
    });
    const second = await scene.call('/operator/accounts?limit=2&cursor=acc-bob');
    expect(second.body).toMatchObject({ data: [{ id: 'acc-ops', role: 'operator' }], next_cursor: null });
    for (const query of ['ELSE.org', 'acc-bob']) {
      const { body } = await scene.call(`/operator/accounts?query=${query}`);
      expect(body).toMatchObject({ data: [{ id: 'acc-bob' }], next_cursor: null });
    }
    expect((await scene.call('/operator/accounts?limit=1000')).status).toBe(400);
    expect((await scene.call('/operator/accounts?query[$ne]=x')).status).toBe(400);
  });

  it('shows no secrets of an account', async () => {
    const { text } = await scene.call('/operator/accounts/acc-ann');
    expect(text).not.toContain('scrypt');
    expect((await scene.call('/operator/accounts/acc-nobody')).status).toBe(404);
  });
});
