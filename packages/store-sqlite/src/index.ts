export { openSqliteStore, type SqliteStore, type SqliteStoreOptions } from './open-sqlite-store.ts';
export { BUSY_TIMEOUT_MS, type DatabaseOptions } from './database.ts';
export { CHECKPOINT_MS, MAX_WAL_PAGES } from './checkpointer.ts';
export { openSqliteLedgerSource, type SqliteLedgerSource } from './ledger-source.ts';
