import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isRead } from './book-rows.ts';

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
  | 'renewOwner'
  | 'forgetOwners'
  | 'dropOwner'
  | 'orphans'
  | 'expiring';

/** The statements of the books, prepared once. */
export type BookStatements = Readonly<Record<StatementName, StatementSync>>;

const GENERATION_COLUMNS =
  'id, account, created_at, key, model, provider, status, cost, seq, charge, settled_at, final, data';

const SQL: Readonly<Record<StatementName, string>> = {
  book: 'SELECT seq, balance, reserved, spent, lots FROM books WHERE account = ?',
  seq: 'SELECT seq FROM books WHERE account = ?',
  open: 'SELECT id, key, amount, owner FROM reservations WHERE account = ?',
  keyUse: 'SELECT * FROM key_use WHERE account = ?',
  update: 'UPDATE books SET seq = ?, balance = ?, reserved = ?, spent = ? WHERE account = ? AND seq = ?',
  insert: `INSERT OR IGNORE INTO books (account, seq, balance, reserved, spent, lots) VALUES (?, ?, ?, ?, ?, '[]')`,
  lots: 'UPDATE books SET lots = ?, next_expiry_at = ? WHERE account = ?',
  close: 'DELETE FROM reservations WHERE account = ? AND id = ?',
  reserve: 'INSERT INTO reservations VALUES (?, ?, ?, ?, ?, ?, ?)',
  use: 'INSERT OR REPLACE INTO key_use VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  append: 'INSERT INTO entries (id, account, seq, kind, amount, at, note) VALUES (?, ?, ?, ?, ?, ?, ?)',
  keep: `INSERT INTO generations (${GENERATION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  replace: `INSERT OR REPLACE INTO generations (${GENERATION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  entry: 'SELECT account, amount, 1 AS final FROM entries WHERE id = ?',
  generation: `SELECT account, -coalesce(charge, 0) AS amount, coalesce(final, 0) AS final FROM generations WHERE id = ?`,
  entries: `
    SELECT id, account, seq, kind, amount, at, note FROM entries WHERE account = ? AND seq > ?
    UNION ALL
    SELECT id, account, seq, 'charge', -charge, settled_at, NULL FROM generations
      WHERE account = ? AND seq > ? AND charge <> 0
    ORDER BY seq LIMIT ?`,
  renewOwner: 'INSERT OR REPLACE INTO owners VALUES (?, ?)',
  forgetOwners: 'DELETE FROM owners WHERE expires_at <= ?',
  dropOwner: 'DELETE FROM owners WHERE owner = ?',
  orphans: `
    SELECT account, id, owner, draft FROM reservations
      WHERE owner NOT IN (SELECT owner FROM owners WHERE expires_at > ?) LIMIT ?`,
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
