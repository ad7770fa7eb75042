import type { DatabaseSync } from 'node:sqlite';

/**
 * Steps from each schema version to the next; `PRAGMA user_version` says how many were taken. A released step is never
 * changed, only followed by another.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT,
    allow_training INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE keys (
    hash TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    disabled INTEGER NOT NULL,
    spend_limit INTEGER,
    limit_reset TEXT,
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX keys_of_account ON keys (account, created_at DESC, hash);

  CREATE TABLE books (
    account TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    spent INTEGER NOT NULL,
    lots TEXT NOT NULL,
    next_expiry_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX books_by_expiry ON books (next_expiry_at) WHERE next_expiry_at IS NOT NULL;

  CREATE TABLE reservations (
    account TEXT NOT NULL,
    id TEXT NOT NULL,
    key TEXT NOT NULL,
    amount INTEGER NOT NULL,
    owner TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    draft TEXT NOT NULL,
    PRIMARY KEY (account, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE key_use (
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    total INTEGER NOT NULL,
    day_no INTEGER NOT NULL,
    day INTEGER NOT NULL,
    week_no INTEGER NOT NULL,
    week INTEGER NOT NULL,
    month_no INTEGER NOT NULL,
    month INTEGER NOT NULL,
    PRIMARY KEY (account, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE entries (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    at INTEGER NOT NULL,
    note TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entries_of_account ON entries (account, seq);

  CREATE TABLE generations (
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    key TEXT NOT NULL,
    model TEXT NOT NULL,
    provider TEXT NOT NULL,
    status TEXT NOT NULL,
    cost INTEGER NOT NULL,
    -- The ledger's columns; NULL in a record that was only logged.
    seq INTEGER,
    charge INTEGER,
    settled_at INTEGER,
    final INTEGER,
    data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX generations_of_account ON generations (account, created_at, id);
  CREATE INDEX charges_of_account ON generations (account, seq);

  CREATE TABLE owners (
    owner TEXT PRIMARY KEY,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];

/**
 * Brings a database to the newest schema. Several processes may do so at once.
 *
 * @throws {Error} when the database was written by a newer release
 */
export function migrate(db: DatabaseSync): void {
  if (version(db) === MIGRATIONS.length) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    const from = version(db);
    if (from > MIGRATIONS.length) {
      throw new Error(
        `The database has schema version ${from}, this release knows ${MIGRATIONS.length}. Use the release that wrote it.`,
      );
    }
    for (const step of MIGRATIONS.slice(from)) db.exec(step);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

function version(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}
