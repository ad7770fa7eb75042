import type { LedgerOptions } from '@onerouter/billing';
import { openSqliteStore } from '@onerouter/store-sqlite';
import type { AppStore } from './app-store.ts';

/** @throws {Error} when the database cannot be opened */
export function openSqlite(path: string, ledger: LedgerOptions): AppStore {
  const store = openSqliteStore(path, { ledger });
  return {
    ...store,
    limiter: () => undefined,
    async begin(fill) {
      await store.ledger.start();
      await fill();
    },
  };
}
