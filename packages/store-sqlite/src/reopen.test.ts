import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draft, generation } from '@onerouter/billing/testing';
import { openSqliteStore } from './open-sqlite-store.ts';
import { MIGRATIONS } from './migrations/index.ts';

const account = 'acc-1';

describe('a SQLite store', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onerouter-store-'));
    path = join(folder, 'store.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('has everything after it was closed and opened again', async () => {
    const first = openSqliteStore(path);
    await first.ledger.start();
    await first.ledger.credit({ entryId: 'pay', account, amount: 1_000n });
    await first.ledger.reserve({
      id: 'gen-1',
      account,
      key: 'k',
      amount: 9n,
      draft: draft('gen-1', account),
    });
    await first.ledger.settle('gen-1', generation('gen-1', account, { cost: 7n, keyId: 'k' }));
    expect(await first.ready()).toBe(true);
    await first.close();
    await first.close();
    const second = openSqliteStore(path, { checkpointMs: null });
    expect((await second.ledger.balance(account)).balance).toBe(993n);
    expect((await second.ledger.keyUsage(account, 'k')).total).toBe(7n);
    expect((await second.generations.find(account, 'gen-1'))?.cost).toBe(7n);
    await second.close();
  });

  it('carries its schema version, and refuses a newer one by name', async () => {
    await openSqliteStore(path).close();
    const db = new DatabaseSync(path);
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: MIGRATIONS.length });
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => openSqliteStore(path)).toThrow(/schema version 99/);
  });

  it('copies the write-ahead log beside the running process', async () => {
    const store = openSqliteStore(path, { checkpointMs: 10 });
    await store.ledger.credit({ entryId: 'pay', account, amount: 1_000n });
    // What a copy of the database file alone knows, without the log.
    const copied = async (): Promise<boolean> => {
      const copy = join(folder, `copy-${Math.random()}.db`);
      await copyFile(path, copy);
      const db = new DatabaseSync(copy);
      try {
        return db.prepare('SELECT 1 FROM books WHERE account = ?').get(account) !== undefined;
      } catch {
        return false;
      } finally {
        db.close();
      }
    };
    await expect.poll(copied, { timeout: 10_000 }).toBe(true);
    await store.close();
  });

  it('lets the ledger wait out another writer, and settles then', async () => {
    let refusals = 0;
    const log = {
      warn() {},
      error() {
        refusals += 1;
      },
    };
    const store = openSqliteStore(path, { busyTimeoutMs: 1, ledger: { log } });
    await store.ledger.credit({ entryId: 'pay', account, amount: 1_000n });
    await store.ledger.reserve({
      id: 'gen-1',
      account,
      key: 'k',
      amount: 9n,
      draft: draft('gen-1', account),
    });
    const blocker = new DatabaseSync(path);
    blocker.exec('BEGIN IMMEDIATE');
    const refused = store.ledger.credit({ entryId: 'more', account, amount: 1n });
    await expect(refused).rejects.toThrow(/locked/);
    const settled = store.ledger.settle('gen-1', generation('gen-1', account, { cost: 7n }));
    await expect.poll(() => refusals).toBeGreaterThan(0);
    blocker.exec('ROLLBACK');
    blocker.close();
    await settled;
    expect((await store.ledger.balance(account)).balance).toBe(993n);
    await store.close();
  });
});
