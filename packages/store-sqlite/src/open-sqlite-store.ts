import { createLedger, type BookStore, type Ledger, type LedgerOptions } from '@onerouter/billing';
import type { PaymentStore } from '@onerouter/billing';
import type { AccountsAndKeys, AccountStore, AlertClaims, TicketStore } from '@onerouter/accounts';
import type { KeyStore, SessionStore } from '@onerouter/auth';
import type { IdempotencyStore } from '@onerouter/idempotency';
import type { GenerationLog, SettlementFeed, UsageRollups } from '@onerouter/metering';
import { Folder } from './activity/folder.ts';
import { SqliteRollups } from './activity/sqlite-rollups.ts';
import { CHECKPOINT_MS, startCheckpointer, type Checkpointer } from './checkpointer.ts';
import { openDatabase, type DatabaseOptions } from './database.ts';
import { SqliteAccounts } from './sqlite-accounts.ts';
import { SqliteBooks } from './sqlite-books.ts';
import { sqliteAlertClaims } from './sqlite-alert-claims.ts';
import { sqliteGenerations } from './sqlite-generations.ts';
import { sqliteIdempotency } from './sqlite-idempotency.ts';
import { sqlitePayments } from './sqlite-payments.ts';
import { sqliteSessions } from './sqlite-sessions.ts';
import { sqliteTickets } from './sqlite-tickets.ts';

export interface SqliteStoreOptions extends DatabaseOptions {
  /** Options of the ledger. @default its defaults */
  readonly ledger?: LedgerOptions;
  /**
   * How often the write-ahead log is copied into the database and use summed up by day, by a thread of its own; `null`
   * leaves the one to SQLite and the other to whoever asks, for processes that open the store for a moment. @default 1000
   */
  readonly checkpointMs?: number | null;
  /** The store's clock in milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** Every port on one SQLite database. */
export interface SqliteStore {
  readonly ledger: Ledger;
  /** What the ledger writes to. */
  readonly books: BookStore;
  readonly keys: KeyStore;
  readonly accounts: AccountStore & AccountsAndKeys;
  /** Signed-in browsers. */
  readonly sessions: SessionStore;
  /** Secrets that are good for once. */
  readonly tickets: TicketStore;
  /** Who was told that their credits run low. */
  readonly alertClaims: AlertClaims;
  readonly generations: GenerationLog & SettlementFeed;
  /** Use by day. */
  readonly rollups: UsageRollups;
  readonly idempotency: IdempotencyStore;
  /** Payments for credits, and who pays. */
  readonly payments: PaymentStore;
  /** Whether the database answers. */
  ready(): Promise<boolean>;
  /** Waits for the ledger, then closes the database. Safe to call again. */
  close(): Promise<void>;
}

const MEMORY = ':memory:';

/**
 * Opens a store, creating the database when there is none. The ledger's heartbeat and sweeper begin with
 * `store.ledger.start()`.
 *
 * @param path of the database file, or `:memory:`
 * @throws {Error} when the file cannot be opened, is no database, or has a newer schema
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): SqliteStore {
  const { checkpointMs = CHECKPOINT_MS, now = Date.now } = options;
  const db = openDatabase(path, options);
  const checkpointer: Checkpointer | undefined =
    checkpointMs === null || path === MEMORY ? undefined : startCheckpointer(db, path, checkpointMs);
  const books = new SqliteBooks(db, now);
  const ledger = createLedger(books, options.ledger);
  const accounts = new SqliteAccounts(db);
  const folder = new Folder(db, options.busyTimeoutMs);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await ledger.close();
    await checkpointer?.close();
    db.close();
  };
  return {
    ledger,
    books,
    keys: accounts,
    accounts,
    sessions: sqliteSessions(db, now),
    tickets: sqliteTickets(db, now),
    alertClaims: sqliteAlertClaims(db, now),
    generations: sqliteGenerations(db, folder),
    rollups: new SqliteRollups(db, folder),
    idempotency: sqliteIdempotency(db, now),
    payments: sqlitePayments(db),
    async ready() {
      return db.isOpen && db.prepare('SELECT 1 AS one').get() !== undefined;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
