import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { paymentStoreSuite } from '@onerouter/billing/testing';
import { openDatabase } from './database.ts';
import { sqlitePayments } from './sqlite-payments.ts';

paymentStoreSuite('sqlitePayments()', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onerouter-payments-'));
  const opened: DatabaseSync[] = [];
  const open = (): ReturnType<typeof sqlitePayments> => {
    const db = openDatabase(join(folder, 'store.db'));
    opened.push(db);
    return sqlitePayments(db);
  };
  return {
    store: open(),
    another: async () => open(),
    close: async () => {
      for (const db of opened) db.close();
      await rm(folder, { recursive: true });
    },
  };
});
