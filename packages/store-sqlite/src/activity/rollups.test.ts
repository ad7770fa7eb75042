import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { verifyLedger } from '@onerouter/billing';
import { draft, generation } from '@onerouter/billing/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteLedgerSource } from '../ledger-source.ts';
import { openSqliteStore, type SqliteStore } from '../open-sqlite-store.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { ROLLUPS } from '../migrations/rollups.ts';
import { FOLD_BATCH } from './folder.ts';

const account = 'acc-1';
const days = { from: '2026-01-01', to: '2026-12-31' } as const;

describe('rollups in SQLite', () => {
  let folder: string;
  let path: string;
  let stores: SqliteStore[];
  const open = (checkpointMs: number | null = null): SqliteStore => {
    const store = openSqliteStore(path, { checkpointMs });
    stores.push(store);
    return store;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onerouter-rollups-'));
    path = join(folder, 'store.db');
    stores = [];
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await rm(folder, { recursive: true });
  });

  const sql = (text: string): void => {
    const db = new DatabaseSync(path);
    db.exec(text);
    db.close();
  };
  const kinds = async (): Promise<readonly string[]> => {
    const source = openSqliteLedgerSource(path);
    const { differences } = await verifyLedger(source);
    source.close();
    return differences.map(({ kind, id }) => `${kind} ${id}`);
  };

  it('count each generation once, whoever asks, in batches and at once', async () => {
    const [one, other] = [open(), open()];
    await settle(one, 1_000, FOLD_BATCH * 2 + 7);
    const counts = await Promise.all([requests(one), requests(other), requests(one), requests(other)]);
    expect(counts).toEqual(counts.map(() => FOLD_BATCH * 2 + 7));
    await settle(other, 5_000, 3);
    expect(await requests(one)).toBe(FOLD_BATCH * 2 + 10);
    expect(await one.rollups.totals(days)).toMatchObject([{ requests: FOLD_BATCH * 2 + 10 }]);
    expect(await kinds()).toEqual([]);
  });

  it('wait for another writer without holding this process up', async () => {
    const store = open();
    await settle(store, 1_000, 2);
    const writer = new DatabaseSync(path);
    writer.exec('BEGIN IMMEDIATE');
    const asked = requests(store);
    // Reads that need nothing folded go on meanwhile.
    expect(await store.generations.list({ accountId: account, limit: 9 })).toHaveLength(2);
    expect(await Promise.race([asked, Promise.resolve('waits')])).toBe('waits');
    writer.exec('COMMIT');
    expect(await asked).toBe(2);
    writer.close();
  });

  it('are made in the background, for whoever reads the database without asking', async () => {
    await settle(open(20), 1_000, FOLD_BATCH + 1);
    const db = new DatabaseSync(path);
    const folded = db.prepare('SELECT coalesce(sum(requests), 0) AS n FROM rollups');
    await expect.poll(() => folded.get()?.['n'], { timeout: 15_000 }).toBe(FOLD_BATCH + 1);
    db.close();
    expect(await kinds()).toEqual([]);
  });

  it('leave out what a dead process left, until its settlement comes, which moves it in every list', async () => {
    const store = open();
    await store.ledger.credit({ entryId: 'pay', account, amount: 100n });
    await store.ledger.reserve({
      id: 'gen-9',
      account,
      key: 'key-1',
      amount: 9n,
      draft: draft('gen-9', account),
    });
    sql(`UPDATE owners SET expires_at = 0; UPDATE books SET owner = 'dead' WHERE owner IS NOT NULL`);
    const later = open();
    await later.ledger.sweep();
    const list = async (query: object): Promise<readonly string[]> =>
      (await later.generations.list({ accountId: account, limit: 9, ...query })).map(({ id }) => id);
    expect(await requests(later)).toBe(0);
    expect(await list({ status: 'failed' })).toEqual(['gen-9']);
    expect(await list({ model: 'acme/writer-1' })).toEqual([]);
    await later.ledger.settle('gen-9', generation('gen-9', account, { cost: 7n }));
    expect(await requests(later)).toBe(1);
    expect(await list({ status: 'failed' })).toEqual([]);
    expect(await list({ model: 'acme/writer-1', status: 'complete' })).toEqual(['gen-9']);
    expect(await later.rollups.daily(account, days)).toMatchObject([{ cost: 7n, requests: 1 }]);
    expect(await kinds()).toEqual([]);
  });

  it('are compared by the verification, as far as they go', async () => {
    const store = open();
    await settle(store, 1_000, 3);
    await requests(store);
    await settle(store, 2_000, 2);
    expect(await kinds()).toEqual([]);
    sql('UPDATE rollups SET requests = requests + 1, reasoning_tokens = 9');
    const name = '2026-09-21/key-1/acme/writer-1/alpha';
    expect(await kinds()).toEqual([`rollup ${name} (requests)`, `rollup ${name} (reasoningTokens)`]);
    sql('UPDATE rollups SET requests = 3, reasoning_tokens = 0, cost = cost - 1');
    expect(await kinds()).toEqual([`rollup ${name}`]);
    sql('DELETE FROM rollups');
    expect((await kinds()).length).toBe(4);
  });

  it('are made of what an earlier release has left, also of what was only logged', async () => {
    const store = open();
    await settle(store, 1_000, 4);
    await store.generations.append(generation('gen-7', account, { status: 'truncated' }));
    await store.close();
    // A database as it was before there were rollups.
    const old = new DatabaseSync(`${path}.old`);
    const steps = MIGRATIONS.slice(0, MIGRATIONS.indexOf(ROLLUPS));
    for (const step of steps) old.exec(step);
    old.exec(`PRAGMA user_version = ${steps.length}; ATTACH '${path}' AS newer;
      INSERT INTO generations SELECT * FROM newer.generations; INSERT INTO books SELECT * FROM newer.books`);
    old.close();
    path = `${path}.old`;
    const next = open();
    expect(await requests(next)).toBe(4);
    const truncated = await next.generations.list({ accountId: account, status: 'truncated', limit: 9 });
    expect(truncated.map(({ id }) => id)).toEqual(['gen-7']);
  });
});

async function settle(store: SqliteStore, from: number, count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, n) => `gen-${from + n}`);
  await Promise.all(ids.map((id) => store.ledger.settle(id, generation(id, account, { cost: 2n }))));
}

async function requests(store: SqliteStore): Promise<number> {
  return (await store.rollups.daily(account, days)).reduce((sum, row) => sum + row.requests, 0);
}
