import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { idempotencyStoreSuite } from '@onerouter/idempotency/testing';
import { expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { sqliteIdempotency } from './sqlite-idempotency.ts';

idempotencyStoreSuite('sqliteIdempotency()', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onerouter-idempotency-'));
  const opened: DatabaseSync[] = [];
  let time = 1_000_000;
  const open = (): ReturnType<typeof sqliteIdempotency> => {
    const db = openDatabase(join(folder, 'store.db'));
    opened.push(db);
    return sqliteIdempotency(db, () => time);
  };
  return {
    store: open(),
    another: open,
    advance: (ms) => {
      time += ms;
    },
    close: async () => {
      for (const db of opened) db.close();
      await rm(folder, { recursive: true });
    },
  };
});

it('what is beyond its time leaves the database', async () => {
  const db = openDatabase(':memory:');
  let time = 0;
  const store = sqliteIdempotency(db, () => time);
  const claim = { account: 'a', name: 'n', tag: 't', generationId: 'g' };
  for (let n = 0; n < 30; n += 1) await store.claim({ ...claim, name: `n${n}` }, 10);
  time = 10;
  for (let n = 0; n < 2; n += 1) await store.claim({ ...claim, name: `later${n}` }, 10);
  expect(db.prepare('SELECT count(*) AS rows FROM idempotency').get()).toEqual({ rows: 2 });
  db.close();
});
