import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draft, generation } from '@onerouter/billing/testing';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../database.ts';
import { openSqliteStore } from '../open-sqlite-store.ts';
import { Folder, FOLD_BATCH } from './folder.ts';
import { foldingTurns } from './fold-turn.ts';

it('a turn folds one batch, so that settlements get the lock in between, and goes round the accounts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onerouter-turns-'));
  const path = join(folder, 'store.db');
  const store = openSqliteStore(path, { checkpointMs: null });
  const db = openDatabase(path);
  onTestFinished(async () => {
    db.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const settle = async (account: string, count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      const id = `gen-${account}-${n}`;
      const record = draft(id, account);
      await store.ledger.reserve({ id, account, key: 'key', amount: 0n, draft: record });
      await store.ledger.settle(id, generation(id, account));
    }
  };
  await settle('busy', FOLD_BATCH + 1);
  await settle('calm', 1);
  const folded = (): unknown =>
    db.prepare('SELECT coalesce(sum(requests), 0) AS n FROM rollups').get()?.['n'];

  const turn = foldingTurns(new Folder(db));
  expect(turn()).toBe(true);
  expect(folded()).toBe(FOLD_BATCH);
  turn();
  turn();
  expect(folded()).toBe(FOLD_BATCH + 2);
  expect(turn()).toBe(false);
});
