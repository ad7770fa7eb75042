import type { DatabaseSync } from 'node:sqlite';
import type { GenerationLog } from '@onerouter/metering';
import { packGeneration, readDraft, readGeneration } from './generation-rows.ts';

/**
 * Generations, those of running exchanges among them. What the ledger settles it keeps itself, with the charge;
 * `append` is for gateways that meter without billing.
 */
export function sqliteGenerations(db: DatabaseSync): GenerationLog {
  const append = db.prepare(
    `INSERT OR IGNORE INTO generations (account, id, created_at, key, model, provider, status, cost, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const find = db.prepare('SELECT * FROM generations WHERE account = ? AND id = ?');
  const running = db.prepare(
    `SELECT account, substr(part, 6) AS id, key, created_at, draft FROM books WHERE account = ? AND part = ?`,
  );
  for (const statement of [find, running]) statement.setReadBigInts(true);
  return {
    async append(generation) {
      const { id, accountId, createdAt, keyId, model, provider, status, cost } = generation;
      const data = packGeneration(generation);
      append.run(accountId, id, createdAt, keyId, model, provider, status, cost, data);
    },
    async find(accountId, id) {
      const row = find.get(accountId, id);
      if (row) return readGeneration(row);
      const open = running.get(accountId, `open:${id}`);
      return open && readDraft(open);
    },
  };
}
