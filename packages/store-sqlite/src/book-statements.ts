import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isRead } from './book-rows.ts';

/** Table and columns of a generation, in the order of its values. */
const GENERATION =
  'generations (account, id, created_at, key, model, provider, status, cost, seq, charge, settled_at, final, data)';

type StatementName =
  | 'book'
  | 'seq'
  | 'open'
  | 'keyUse'
  | 'update'
  | 'insert'
  | 'lots'
  | 'close'
  | 'reserve'
  | 'use'
  | 'append'
  | 'keep'
  | 'replace'
  | 'entry'
  | 'generation'
  | 'entries'
  | 'history'
  | 'renewOwner'
  | 'deadOwner'
  | 'forgetOwners'
  | 'dropOwner'
  | 'orphans'
  | 'expiring';

/** The statements of the books, prepared once. */
export type BookStatements = Readonly<Record<StatementName, StatementSync>>;

const SQL: Readonly<Record<StatementName, string>> = {
  book: `SELECT seq, balance, reserved, spent, lots FROM books WHERE account = ? AND part = ''`,
  seq: `SELECT seq FROM books WHERE account = ? AND part = ''`,
  // ';' is the character behind ':', so these are the parts that begin so.
  open: `SELECT substr(part, 6) AS id, key, amount, owner FROM books
    WHERE account = ? AND part >= 'open:' AND part < 'open;'`,
  keyUse: `SELECT * FROM books WHERE account = ? AND part >= 'key:' AND part < 'key;'`,
  update: `UPDATE books SET seq = ?, balance = ?, reserved = ?, spent = ?
    WHERE account = ? AND part = '' AND seq = ?`,
  insert: `INSERT OR IGNORE INTO books (account, part, seq, balance, reserved, spent, lots)
    VALUES (?, '', ?, ?, ?, ?, '[]')`,
  lots: `UPDATE books SET lots = ?, next_expiry_at = ? WHERE account = ? AND part = ''`,
  close: 'DELETE FROM books WHERE account = ? AND part = ?',
  reserve: `INSERT INTO books (account, part, key, amount, owner, created_at, draft) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  use: `INSERT OR REPLACE INTO books
    (account, part, key, total, day_no, day, week_no, week, month_no, month)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  append: 'INSERT INTO entries (id, account, seq, kind, amount, at, note) VALUES (?, ?, ?, ?, ?, ?, ?)',
  keep: `INSERT INTO ${GENERATION} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  replace: `INSERT OR REPLACE INTO ${GENERATION} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  entry: 'SELECT account, amount, 1 AS final FROM entries WHERE id = ?',
  generation: `SELECT account, -coalesce(charge, 0) AS amount, coalesce(final, 0) AS final
    FROM generations WHERE account = ? AND id = ?`,
  entries: `
    SELECT id, account, seq, kind, amount, at, note FROM entries WHERE account = ? AND seq > ?
    UNION ALL
    SELECT id, account, seq, 'charge', -charge, settled_at, NULL FROM generations
      WHERE account = ? AND seq > ? AND charge <> 0
    ORDER BY seq LIMIT ?`,
  history: `SELECT id, account, seq, kind, amount, at, note FROM entries WHERE account = ? AND seq < ?
    ORDER BY seq DESC LIMIT ?`,
  renewOwner: 'INSERT OR REPLACE INTO owners VALUES (?, ?)',
  dropOwner: 'UPDATE owners SET expires_at = 0 WHERE owner = ?',
  deadOwner: 'SELECT owner FROM owners WHERE expires_at <= ? LIMIT 1',
  forgetOwners: 'DELETE FROM owners WHERE expires_at <= ?',
  orphans: `
    SELECT account, substr(part, 6) AS id, key, owner, created_at, draft FROM books
      WHERE owner IS NOT NULL AND owner NOT IN (SELECT owner FROM owners WHERE expires_at > ?) LIMIT ?`,
  expiring: 'SELECT account FROM books WHERE next_expiry_at <= ? ORDER BY next_expiry_at LIMIT ?',
};

export function bookStatements(db: DatabaseSync): BookStatements {
  const entries = Object.entries(SQL).map(([name, sql]) => {
    const statement = db.prepare(sql);
    if (isRead(sql)) statement.setReadBigInts(true);
    return [name, statement];
  });
  return Object.fromEntries(entries) as BookStatements;
}
