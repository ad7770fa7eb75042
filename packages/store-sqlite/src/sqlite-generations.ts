import type { DatabaseSync } from 'node:sqlite';
import type { GenerationLog } from '@onerouter/metering';
import { text } from './book-rows.ts';
import { readGeneration, writeGeneration } from './generation-json.ts';

/**
 * Generations, those of running exchanges among them. What the ledger settles it keeps itself, with the charge;
 * `append` is for gateways that meter without billing.
 */
export function sqliteGenerations(db: DatabaseSync): GenerationLog {
  const append = db.prepare(
    `INSERT OR IGNORE INTO generations (id, account, created_at, key, model, provider, status, cost, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const find = db.prepare('SELECT data FROM generations WHERE id = ? AND account = ?');
  const running = db.prepare('SELECT draft AS data FROM reservations WHERE account = ? AND id = ?');
  return {
    async append(generation) {
      const { id, accountId, createdAt, keyId, model, provider, status, cost } = generation;
      const data = writeGeneration(generation);
      append.run(id, accountId, createdAt, keyId, model, provider, status, cost, data);
    },
    async find(accountId, id) {
      const row = find.get(id, accountId) ?? running.get(accountId, id);
      return row && readGeneration(text(row, 'data'));
    },
  };
}
