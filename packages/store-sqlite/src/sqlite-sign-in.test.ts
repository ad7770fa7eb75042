import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ticketStoreSuite } from '@onerouter/accounts/testing';
import { sessionRecord, sessionStoreSuite } from '@onerouter/auth/testing';
import { expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { sqliteSessions } from './sqlite-sessions.ts';
import { sqliteTickets } from './sqlite-tickets.ts';

sessionStoreSuite('openSqliteStore()', async () => {
  const store = openSqliteStore(':memory:');
  return { store: store.sessions, close: () => store.close() };
});

ticketStoreSuite('openSqliteStore()', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onerouter-tickets-'));
  const open = (): ReturnType<typeof openSqliteStore> => openSqliteStore(join(folder, 'store.db'));
  const [one, other] = [open(), open()];
  return {
    store: one.tickets,
    another: other.tickets,
    async close() {
      await one.close();
      await other.close();
      await rm(folder, { recursive: true });
    },
  };
});

it('sessions and tickets beyond their time leave the database', async () => {
  const db = openDatabase(':memory:');
  let time = 0;
  const [sessions, tickets] = [sqliteSessions(db, () => time), sqliteTickets(db, () => time)];
  const fill = async (prefix: string, count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      const hash = `${prefix}${n}`;
      await sessions.save(sessionRecord({ hash, expiresAt: time + 10 }));
      await tickets.put({ purpose: 'key_code', hash, data: '', expiresAt: time + 10 });
    }
  };
  await fill('early', 30);
  time = 10;
  await fill('late', 2);
  for (const table of ['sessions', 'tickets']) {
    expect(db.prepare(`SELECT count(*) AS rows FROM ${table}`).get()).toEqual({ rows: 2 });
  }
  db.close();
});
