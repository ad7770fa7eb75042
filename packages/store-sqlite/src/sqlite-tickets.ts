import type { DatabaseSync } from 'node:sqlite';
import type { TicketStore } from '@onerouter/accounts';
import { number, text } from './book-rows.ts';

/** Rows beyond their time that each new ticket takes away. */
const PURGED_AT_ONCE = 20;

const PUT = 'INSERT INTO tickets (purpose, hash, data, expires_at) VALUES (?, ?, ?, ?)';
// One statement, so that no other process gets in between.
const TAKE = 'DELETE FROM tickets WHERE purpose = ? AND hash = ? RETURNING data, expires_at';
const PURGE = `DELETE FROM tickets WHERE (purpose, hash) IN
  (SELECT purpose, hash FROM tickets WHERE expires_at <= ? LIMIT ${PURGED_AT_ONCE})`;

/** Secrets that are good for once. */
export function sqliteTickets(db: DatabaseSync, now: () => number): TicketStore {
  const [put, purge] = [db.prepare(PUT), db.prepare(PURGE)];
  const take = db.prepare(TAKE);
  take.setReadBigInts(true);
  return {
    async put({ purpose, hash, data, expiresAt }) {
      purge.run(now());
      put.run(purpose, hash, data, expiresAt);
    },
    async take(purpose, hash) {
      const row = take.get(purpose, hash);
      return row && { purpose, hash, data: text(row, 'data'), expiresAt: number(row, 'expires_at') };
    },
  };
}
