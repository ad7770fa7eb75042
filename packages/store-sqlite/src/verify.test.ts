import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyLedger } from '@onerouter/billing';
import { draft, generation } from '@onerouter/billing/testing';
import { openSqliteLedgerSource } from './ledger-source.ts';
import { openSqliteStore, type SqliteStore } from './open-sqlite-store.ts';

const account = 'acc-1';

describe('the verification of a SQLite store', () => {
  let folder: string;
  let path: string;
  let store: SqliteStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onerouter-verify-'));
    path = join(folder, 'store.db');
    store = openSqliteStore(path, { checkpointMs: null });
    await store.ledger.credit({ entryId: 'pay', account, amount: 1_000n });
    for (const id of ['g1', 'g2', 'g3']) {
      await store.ledger.reserve({ id, account, key: 'k', amount: 9n, draft: draft(id, account) });
    }
    await store.ledger.settle('g1', generation('g1', account, { cost: 7n, keyId: 'k' }));
    await store.ledger.release('g2', account);
    await store.ledger.settle('late', generation('late', account, { cost: 3n, keyId: 'k' }));
    await store.generations.append(generation('logged', account, { cost: 5n, keyId: 'k' }));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const kinds = async (): Promise<readonly string[]> => {
    const source = openSqliteLedgerSource(path);
    try {
      return (await verifyLedger(source)).differences.map(({ kind }) => kind);
    } finally {
      source.close();
    }
  };
  const plant = (sql: string): void => {
    const db = new DatabaseSync(path);
    db.exec(sql);
    db.close();
  };

  it('finds nothing where nothing is wrong, beside the running process and at rest', async () => {
    expect(await kinds()).toEqual([]);
    await store.close();
    expect(await kinds()).toEqual([]);
  });

  it('finds what was changed behind the ledger', async () => {
    plant(`UPDATE books SET balance = balance + 1 WHERE part = ''`);
    expect(await kinds()).toEqual(['balance']);
    plant(`UPDATE books SET balance = balance - 1 WHERE part = ''; DELETE FROM books WHERE part = 'open:g3'`);
    expect(await kinds()).toEqual(['reserved']);
    plant(`UPDATE books SET reserved = 0 WHERE part = ''; UPDATE books SET total = 1 WHERE part = 'key:k'`);
    expect(await kinds()).toEqual(['key-use']);
    plant(`UPDATE books SET total = 10 WHERE part = 'key:k'; DELETE FROM entries WHERE kind = 'adjustment'`);
    expect(await kinds()).toEqual(['charge', 'balance', 'spent']);
  });

  it('finds an account whose book is gone', async () => {
    plant(`DELETE FROM books WHERE part = ''`);
    expect(await kinds()).toEqual(expect.arrayContaining(['balance', 'spent', 'reserved', 'seq']));
  });

  it('finds a charge that was doubled', async () => {
    plant(`INSERT INTO generations SELECT account, id || '-again', created_at, key, model, provider, status, cost, seq,
      charge, settled_at, final, data FROM generations WHERE id = 'g1'`);
    expect(await kinds()).toEqual(['balance', 'spent', 'key-use']);
  });

  it('is right at every moment of a process that goes on booking', async () => {
    const busy = (async () => {
      for (let n = 0; n < 100; n += 1) {
        const id = `busy-${n}`;
        await store.ledger.reserve({ id, account, key: 'k', amount: 1n, draft: draft(id, account) });
        await store.ledger.settle(id, generation(id, account, { cost: 1n, keyId: 'k' }));
      }
    })();
    for (let n = 0; n < 100; n += 1) {
      expect(await kinds()).toEqual([]);
      await new Promise(setImmediate);
    }
    await busy;
  });

  it('refuses a file that is not there, and creates none', () => {
    expect(() => openSqliteLedgerSource(join(folder, 'none.db'))).toThrow(/unable to open/);
  });
});
