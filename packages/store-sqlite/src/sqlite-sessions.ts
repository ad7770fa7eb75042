import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SessionRecord, SessionStore } from '@onerouter/auth';
import { isRead, number, text, type Row } from './book-rows.ts';

/** Rows beyond their time that each sign-in takes away. */
const PURGED_AT_ONCE = 20;

const SQL = {
  save: `INSERT INTO sessions (hash, account, created_at, last_seen_at, expires_at, user_agent)
    VALUES (?, ?, ?, ?, ?, ?)`,
  find: 'SELECT * FROM sessions WHERE hash = ?',
  touch: 'UPDATE sessions SET last_seen_at = ?, expires_at = ? WHERE hash = ?',
  list: 'SELECT * FROM sessions WHERE account = ? ORDER BY last_seen_at DESC, hash',
  delete: 'DELETE FROM sessions WHERE hash = ? AND account = ?',
  deleteAll: 'DELETE FROM sessions WHERE account = ? AND hash <> ?',
  purge: `DELETE FROM sessions WHERE hash IN
    (SELECT hash FROM sessions WHERE expires_at <= ? LIMIT ${PURGED_AT_ONCE})`,
} as const;

/** Signed-in browsers. */
export function sqliteSessions(db: DatabaseSync, now: () => number): SessionStore {
  const sql = Object.fromEntries(
    Object.entries(SQL).map(([name, statement]) => {
      const prepared = db.prepare(statement);
      if (isRead(statement)) prepared.setReadBigInts(true);
      return [name, prepared];
    }),
  ) as Readonly<Record<keyof typeof SQL, StatementSync>>;

  return {
    async save({ hash, accountId, createdAt, lastSeenAt, expiresAt, userAgent }) {
      sql.purge.run(now());
      sql.save.run(hash, accountId, createdAt, lastSeenAt, expiresAt, userAgent);
    },
    async find(hash) {
      const row = sql.find.get(hash);
      return row && readSession(row);
    },
    async touch(hash, { lastSeenAt, expiresAt }) {
      sql.touch.run(lastSeenAt, expiresAt, hash);
    },
    async list(accountId) {
      return sql.list.all(accountId).map(readSession);
    },
    async delete(accountId, hash) {
      return Number(sql.delete.run(hash, accountId).changes) === 1;
    },
    async deleteAll(accountId, exceptHash = '') {
      return Number(sql.deleteAll.run(accountId, exceptHash).changes);
    },
  };
}

function readSession(row: Row): SessionRecord {
  return {
    hash: text(row, 'hash'),
    accountId: text(row, 'account'),
    createdAt: number(row, 'created_at'),
    lastSeenAt: number(row, 'last_seen_at'),
    expiresAt: number(row, 'expires_at'),
    userAgent: row['user_agent'] === null ? null : text(row, 'user_agent'),
  };
}
