import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { migrate } from './schema.ts';

/** How long a write waits for another process's, blocking this one. Refused writes are tried again by the ledger. */
export const BUSY_TIMEOUT_MS = 1_000;

export interface DatabaseOptions {
  /**
   * - `normal`: an application crash loses nothing; a power failure may lose the last commits, never consistency.
   * - `full`: each commit waits for the disk.
   *
   * @default 'normal'
   */
  readonly synchronous?: 'normal' | 'full';
  /** @default 1000 */
  readonly busyTimeoutMs?: number;
}

/**
 * Opens a database, with the newest schema.
 *
 * @throws {Error} when the file cannot be opened, is no database, or has a newer schema
 */
export function openDatabase(path: string, options: DatabaseOptions = {}): DatabaseSync {
  const { synchronous = 'normal', busyTimeoutMs = BUSY_TIMEOUT_MS } = options;
  const db = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
  try {
    db.exec('PRAGMA journal_mode = WAL');
    db.exec(`PRAGMA synchronous = ${synchronous === 'full' ? 'FULL' : 'NORMAL'}`);
    migrate(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/**
 * Runs work in a transaction; an error undoes all of it.
 *
 * @param mode `IMMEDIATE` to write, so that the lock is taken at the start, where waiting for it is allowed
 */
export function transaction<T>(db: DatabaseSync, mode: 'IMMEDIATE' | 'DEFERRED', work: () => T): T {
  const bounds = boundsOf(db);
  bounds[mode].run();
  try {
    const result = work();
    bounds.COMMIT.run();
    return result;
  } catch (error) {
    // Some errors (a full disk) have ended the transaction already.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

type Bounds = Readonly<Record<'IMMEDIATE' | 'DEFERRED' | 'COMMIT', StatementSync>>;

const prepared = new WeakMap<DatabaseSync, Bounds>();

/** Prepared once for each database: parsing them anew was a tenth of a commit. */
function boundsOf(db: DatabaseSync): Bounds {
  let bounds = prepared.get(db);
  if (!bounds) {
    bounds = {
      IMMEDIATE: db.prepare('BEGIN IMMEDIATE'),
      DEFERRED: db.prepare('BEGIN DEFERRED'),
      COMMIT: db.prepare('COMMIT'),
    };
    prepared.set(db, bounds);
  }
  return bounds;
}
