import type { AccountsAndKeys, AccountStore, AlertClaims, TicketStore } from '@onerouter/accounts';
import type { KeyStore, SessionStore } from '@onerouter/auth';
import { createLedger, type BookStore, type Ledger, type LedgerOptions } from '@onerouter/billing';
import type { PaymentStore } from '@onerouter/billing';
import { warningLog, type Log } from '@onerouter/core';
import type { IdempotencyStore } from '@onerouter/idempotency';
import type { GenerationLog, SettlementFeed, UsageRollups } from '@onerouter/metering';
import { STATES, type Connection } from 'mongoose';
import { MongooseRollups } from './activity/mongoose-rollups.ts';
import { createIndexes, isEmpty, MissingIndexesError, missingIndexes } from './indexes.ts';
import { COLLECTION_PREFIX, modelsOn, type Models } from './models.ts';
import { MongooseAccounts } from './mongoose-accounts.ts';
import { MongooseBooks } from './mongoose-books.ts';
import { mongooseAlertClaims } from './mongoose-alert-claims.ts';
import { mongooseGenerations } from './mongoose-generations.ts';
import { mongooseIdempotency } from './mongoose-idempotency.ts';
import { mongoosePayments } from './mongoose-payments.ts';
import { mongooseSessions } from './mongoose-sessions.ts';
import { mongooseTickets } from './mongoose-tickets.ts';
import { CopyingOutbox } from './outbox.ts';
import { rescueStuckOperations } from './rescue.ts';
import { command, givenClock, serverClock } from './server-clock.ts';

export interface MongooseStoreOptions {
  /** What the collections' names begin with. @default 'onerouter_' */
  readonly prefix?: string;
  /** Options of the ledger. @default its defaults */
  readonly ledger?: LedgerOptions;
  /** Where failures in the background are reported. @default Node's process warnings */
  readonly log?: Log;
  /** The store's clock in milliseconds since the epoch, for tests. @default the server's */
  readonly now?: () => number;
}

/** Every port on one MongoDB database. */
export interface MongooseStore {
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
  /** Claims on Idempotency-Keys, and the sealed answers. */
  readonly idempotency: IdempotencyStore;
  /** Payments for credits, and who pays. */
  readonly payments: PaymentStore;
  /** The caller's connection; mongoose tells on it when the server is away (`disconnected`) and back (`connected`). */
  readonly connection: Connection;
  /** The collections, for reports. What is written past the ledger breaks the books. */
  readonly models: Models;
  /**
   * Makes collections and indexes while nothing is stored yet; checks them in a database in use, where a build may take
   * long and is for somebody to mean.
   *
   * @throws {MissingIndexesError} naming what is missing
   */
  prepare(): Promise<void>;
  /** Creates what is missing of collections and indexes. */
  createIndexes(): Promise<void>;
  /** Whether the server is there, takes writes, and has the indexes. */
  ready(): Promise<boolean>;
  /** Waits for the ledger and for what it booked to be copied. The connection stays open: it is the caller's. */
  close(): Promise<void>;
}

/**
 * Makes a store on a connection, which may be up or not yet. Nothing is asked of the server here: call `prepare()`, then
 * `ledger.start()` for its heartbeat and sweeper.
 */
export function openMongooseStore(connection: Connection, options: MongooseStoreOptions = {}): MongooseStore {
  const { prefix = COLLECTION_PREFIX, log = warningLog, now } = options;
  const models = modelsOn(connection, prefix);
  const clock = now ? givenClock(now) : serverClock(connection);
  const outbox = new CopyingOutbox(models, clock, log);
  const books = new MongooseBooks(models, clock, outbox);
  const ledger = createLedger(books, { log, ...options.ledger });
  const accounts = new MongooseAccounts(models);
  const rescue = rescueStuckOperations(connection);
  let checked = false;
  let closing: Promise<void> | undefined;
  const check = async (): Promise<void> => {
    if (checked) return;
    const missing = await missingIndexes(models);
    if (missing.length > 0) throw new MissingIndexesError(missing);
    checked = true;
  };
  const close = async (): Promise<void> => {
    await ledger.close();
    await outbox.idle();
    rescue.stop();
  };
  return {
    ledger,
    books,
    keys: accounts,
    accounts,
    sessions: mongooseSessions(models),
    tickets: mongooseTickets(models),
    alertClaims: mongooseAlertClaims(models, clock),
    generations: mongooseGenerations(models),
    rollups: new MongooseRollups(models),
    idempotency: mongooseIdempotency(models, clock),
    payments: mongoosePayments(models),
    connection,
    models,
    async prepare() {
      if (await isEmpty(models)) await createIndexes(models);
      await check();
    },
    createIndexes: () => createIndexes(models),
    async ready() {
      if (connection.readyState !== STATES.connected) return false;
      const hello = await command(connection, { hello: 1 });
      if (hello['isWritablePrimary'] !== true) return false;
      await check();
      return true;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
