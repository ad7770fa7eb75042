import type { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from './migrations/index.ts';

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

/**
 * For connections that only read.
 *
 * @throws {Error} when the database has another schema than this release's
 */
export function assertNewest(db: DatabaseSync): void {
  const found = version(db);
  if (found === MIGRATIONS.length) return;
  throw new Error(
    `The database has schema version ${found}, this release reads ${MIGRATIONS.length}. ` +
      (found > MIGRATIONS.length
        ? 'Use the release that wrote it.'
        : 'Start the gateway once, which migrates it.'),
  );
}

function version(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}
