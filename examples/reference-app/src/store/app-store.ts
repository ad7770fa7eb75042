import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LedgerOptions } from '@onerouter/billing';
import type { PointLimiter } from '@onerouter/limits';
import type { Store } from '@onerouter/gateway';
import type { Logger } from 'pino';
import type { AppConfig } from '../config/load-config.ts';

/** A store as the app uses it: it may not be there yet, and it is closed at the end. */
export interface AppStore extends Required<Store> {
  /**
   * Begins to use the store: its indexes, its ledger's heartbeat and sweeper, then `fill`. A store that is away is tried
   * again until it is there, and this returns meanwhile; until then the store is not ready.
   *
   * @param fill what to put into it; may be repeated
   * @throws {Error} when the store is there and cannot be used
   */
  begin(fill: () => Promise<unknown>): Promise<void>;
  /**
   * Counts what is limited, over all processes that share the store.
   *
   * @returns `undefined` for a store that one process uses, which counts for itself
   */
  limiter(windowMs: number): PointLimiter | undefined;
  close(): Promise<void>;
}

/**
 * Opens the store that the configuration names. The code of each kind is loaded for that kind only.
 *
 * @throws {Error} when a database file cannot be opened
 */
export async function openStore(config: AppConfig, log: Logger): Promise<AppStore> {
  const { storePath, mongoUri } = config;
  mkdirSync(dirname(storePath), { recursive: true });
  const ledger: LedgerOptions = { log, journalPath: `${storePath}.journal` };
  if (mongoUri !== undefined) {
    const { openMongo } = await import('./mongo.ts');
    return openMongo(mongoUri, { log, ledger });
  }
  const { openSqlite } = await import('./sqlite.ts');
  return openSqlite(storePath, ledger);
}
