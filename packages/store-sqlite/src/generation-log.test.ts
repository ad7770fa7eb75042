import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draft, generation } from '@onerouter/billing/testing';
import { openSqliteStore, type SqliteStore } from './open-sqlite-store.ts';

const account = 'acc-1';

describe('generations in SQLite', () => {
  let store: SqliteStore;
  beforeEach(async () => {
    store = openSqliteStore(':memory:');
    await store.ledger.credit({ entryId: 'pay', account, amount: 1_000n });
  });
  afterEach(() => store.close());

  const reserve = (id: string): Promise<void> =>
    store.ledger.reserve({ id, account, key: 'key-1', amount: 10n, draft: draft(id, account) });

  it('are there, pending, from the reservation on, and final with the settlement', async () => {
    await reserve('gen-1');
    expect(await store.generations.find(account, 'gen-1')).toEqual(draft('gen-1', account));
    const done = generation('gen-1', account, { cost: 7n });
    await store.ledger.settle('gen-1', done);
    expect(await store.generations.find(account, 'gen-1')).toEqual(done);
  });

  it('are shown to their own account only', async () => {
    await reserve('gen-1');
    await store.ledger.settle('gen-1', generation('gen-1', account));
    await reserve('gen-2');
    expect(await store.generations.find('acc-2', 'gen-1')).toBeUndefined();
    expect(await store.generations.find('acc-2', 'gen-2')).toBeUndefined();
    expect(await store.generations.find(account, 'gen-3')).toBeUndefined();
  });

  it('are appended once without a ledger, and keep every field', async () => {
    const full = generation('gen-1', account, {
      cost: 9_007_199_254_740_993n,
      usage: { promptTokens: 0, completionTokens: 0, source: 'estimated' },
      errorType: 'timeout',
      cacheHit: true,
      cacheSourceId: 'gen-0',
    });
    await store.generations.append(full);
    await store.generations.append(generation('gen-1', account, { model: 'another' }));
    expect(await store.generations.find(account, 'gen-1')).toEqual(full);
    const bare = draft('gen-2', account, { status: 'failed' });
    await store.generations.append(bare);
    expect(await store.generations.find(account, 'gen-2')).toEqual(bare);
  });

  it('are charged although a log kept them first', async () => {
    await reserve('gen-1');
    await store.generations.append(generation('gen-1', account));
    await store.ledger.settle('gen-1', generation('gen-1', account, { cost: 7n }));
    expect((await store.ledger.balance(account)).balance).toBe(993n);
    expect((await store.generations.find(account, 'gen-1'))?.cost).toBe(7n);
  });
});
