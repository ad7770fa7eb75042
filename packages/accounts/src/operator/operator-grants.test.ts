import type { Log } from '@onerouter/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startOperator, type OperatorScene } from './operator.scene.ts';

const GRANTS = '/operator/accounts/acc-ann/grants';

describe('grants of an operator', () => {
  const log = { warn: vi.fn<Log['warn']>(), error: vi.fn<Log['error']>() };
  let scene: OperatorScene;
  beforeEach(async () => {
    scene = await startOperator(log);
  });
  afterEach(() => scene.close());

  it('are entries of the ledger that name the operator', async () => {
    const { status, body } = await scene.call(GRANTS, { amount_usd: '12.50', note: 'for the outage' });
    expect(status).toBe(201);
    const { entry_id } = body['data'] as { entry_id: string };
    expect(body['data']).toEqual({ entry_id, amount_usd: '12.5', balance_usd: '12.5' });
    expect(await scene.ledger.history('acc-ann')).toMatchObject([
      { id: entry_id, kind: 'grant', amount: 12_500_000_000n, note: 'by ops@example.com: for the outage' },
    ]);
    expect((await scene.call('/operator/accounts/acc-ann')).body['data']).toMatchObject({
      balance_usd: '12.5',
      entries: [
        { id: entry_id, kind: 'grant', amount_usd: '12.5', note: 'by ops@example.com: for the outage' },
      ],
    });
  });

  it('are made once under an id, however often it is sent at once', async () => {
    const grant = { amount_usd: '1', id: 'ticket-17' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => scene.call(GRANTS, grant)));
    for (const { status, body } of answers) {
      expect(status).toBe(201);
      expect(body['data']).toEqual({
        entry_id: 'grant:acc-ann:ticket-17',
        amount_usd: '1',
        balance_usd: '1',
      });
    }
    await scene.call('/operator/accounts/acc-bob/grants', grant);
    const balances = await Promise.all(['acc-ann', 'acc-bob'].map((id) => scene.ledger.balance(id)));
    expect(balances.map(({ balance }) => balance)).toEqual([1_000_000_000n, 1_000_000_000n]);
    const other = await scene.call(GRANTS, { ...grant, amount_usd: '2' });
    expect(other).toMatchObject({ status: 409, body: { error: { param: 'id' } } });
  });

  it('without an id are each their own', async () => {
    await scene.call(GRANTS, { amount_usd: '1' });
    const { body } = await scene.call(GRANTS, { amount_usd: '1' });
    expect(body['data']).toMatchObject({ balance_usd: '2' });
    expect((await scene.ledger.history('acc-ann')).map(({ note }) => note)).toEqual([
      'by ops@example.com',
      'by ops@example.com',
    ]);
  });

  it('refuse what is no grant, by name', async () => {
    for (const [body, param] of [
      [{}, 'amount_usd'],
      [{ amount_usd: 5 }, 'amount_usd'],
      [{ amount_usd: '0' }, 'amount_usd'],
      [{ amount_usd: '-1' }, 'amount_usd'],
      [{ amount_usd: '1e3' }, 'amount_usd'],
      [{ amount_usd: '0.0000000001' }, 'amount_usd'],
      [{ amount_usd: '1000000001' }, 'amount_usd'],
      [{ amount_usd: '1', note: 'two\nlines' }, 'note'],
      [{ amount_usd: '1', id: 'a b' }, 'id'],
    ] as const) {
      const answer = await scene.call(GRANTS, body);
      expect([body, answer.status, answer.body]).toMatchObject([body, 400, { error: { param } }]);
    }
    expect((await scene.call(GRANTS, { amount_usd: '1', account: 'acc-bob' })).status).toBe(400);
    expect((await scene.call('/operator/accounts/acc-nobody/grants', { amount_usd: '1' })).status).toBe(404);
    expect((await scene.ledger.totals()).balance).toBe(0n);
  });
});
