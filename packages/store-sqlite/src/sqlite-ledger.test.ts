import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { ledgerSuite } from '@onerouter/billing/testing';
import { openDatabase } from './database.ts';
import { openSqliteLedgerSource } from './ledger-source.ts';
import { SqliteBooks } from './sqlite-books.ts';

ledgerSuite('SqliteBooks', async (clock) => {
  const folder = await mkdtemp(join(tmpdir(), 'onerouter-ledger-'));
  const opened: DatabaseSync[] = [];
  const open = (): SqliteBooks => {
    const db = openDatabase(join(folder, 'store.db'));
    opened.push(db);
    return new SqliteBooks(db, () => clock.now);
  };
  const books = open();
  const source = openSqliteLedgerSource(join(folder, 'store.db'));
  return {
    books,
    another: async () => open(),
    source,
    async close() {
      source.close();
      for (const db of opened) db.close();
      await rm(folder, { recursive: true });
    },
  };
});
