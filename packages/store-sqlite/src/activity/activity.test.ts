import { generationLogSuite, settlementFeedSuite, usageRollupsSuite } from '@onerouter/metering/testing';
import { onTestFinished } from 'vitest';
import { openSqliteStore, type SqliteStore } from '../open-sqlite-store.ts';

function open(): SqliteStore {
  const store = openSqliteStore(':memory:');
  onTestFinished(() => store.close());
  return store;
}

generationLogSuite('SQLite', async () => open().generations);
settlementFeedSuite('SQLite', async () => {
  const { generations, ledger } = open();
  return { feed: generations, settle: (one) => ledger.settle(one.id, one) };
});
usageRollupsSuite('SQLite', async () => {
  const { rollups, ledger } = open();
  return { rollups, settle: (one) => ledger.settle(one.id, one) };
});
