import type { DatabaseSync } from 'node:sqlite';
import type { GenerationLog, SettlementFeed } from '@onerouter/metering';
import { foldStatements } from './activity/fold-statements.ts';
import type { Folder } from './activity/folder.ts';
import { Lister } from './activity/lister.ts';
import { SqliteLists } from './activity/sqlite-lists.ts';
import { transaction } from './database.ts';
import { packGeneration, readDraft, readGeneration } from './generation-rows.ts';

/**
 * Generations, those of running exchanges among them. What the ledger settles it keeps itself, with the charge;
 * `append` is for gateways that meter without billing.
 */
export function sqliteGenerations(db: DatabaseSync, folder: Folder): GenerationLog & SettlementFeed {
  const append = db.prepare(
    `INSERT OR IGNORE INTO generations (account, id, created_at, key, model, provider, status, cost, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const find = db.prepare('SELECT * FROM generations WHERE account = ? AND id = ?');
  const running = db.prepare(
    `SELECT account, substr(part, 6) AS id, key, created_at, draft FROM books WHERE account = ? AND part = ?`,
  );
  for (const statement of [find, running]) statement.setReadBigInts(true);
  const listing = foldStatements(db);
  const lists = new SqliteLists(db, folder);
  return {
    async append(generation) {
      const { id, accountId: account, createdAt, keyId: key, model, provider, status, cost } = generation;
      const data = packGeneration(generation);
      transaction(db, 'IMMEDIATE', () => {
        const { changes } = append.run(account, id, createdAt, key, model, provider, status, cost, data);
        if (Number(changes) !== 1) return;
        // The ledger may still settle it, with other values.
        new Lister(listing).add({ account, id, key, model, provider, status, final: false });
      });
    },
    async find(accountId, id) {
      const row = find.get(accountId, id);
      if (row) return readGeneration(row);
      const open = running.get(accountId, `open:${id}`);
      return open && readDraft(open);
    },
    list: (query) => lists.list(query),
    end: (accountId) => lists.end(accountId),
    after: (accountId, position, limit) => lists.after(accountId, position, limit),
  };
}
