import { setTimeout as pause } from 'node:timers/promises';
import type { LedgerOptions } from '@onerouter/billing';
import {
  COLLECTION_PREFIX,
  connectMongo,
  openMongooseStore,
  SERVER_SELECTION_MS,
} from '@onerouter/store-mongoose';
import { STATES } from 'mongoose';
import { RateLimiterMongo } from 'rate-limiter-flexible';
import type { Logger } from 'pino';
import type { AppStore } from './app-store.ts';

/** Wait before a store that is away is tried again. */
const RETRY_MS = 2_000;
/** How long a start waits for the server before it goes on without: somewhat longer than the first try takes. */
const FIRST_TRY_MS: number = SERVER_SELECTION_MS + 1_000;

export interface OpenMongoOptions {
  readonly log: Logger;
  readonly ledger: LedgerOptions;
}

/** Makes a store that connects as soon as it can. */
export function openMongo(uri: string, options: OpenMongoOptions): AppStore {
  const { log, ledger } = options;
  const link = connectMongo(uri, { log });
  const store = openMongooseStore(link.connection, { log, ledger });
  const limiters: RateLimiterMongo[] = [];
  const closing = new AbortController();
  let begun = false;
  let retrying: Promise<void> | undefined;
  const isThere = (): boolean => link.connection.readyState === STATES.connected;
  const tryOnce = async (fill: () => Promise<unknown>): Promise<void> => {
    await store.prepare();
    await Promise.all(limiters.map((limiter) => limiter.createIndexes()));
    await store.ledger.start();
    await fill();
    begun = true;
  };
  const tryOn = async (fill: () => Promise<unknown>): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        await link.up;
        await tryOnce(fill);
        log.info({}, 'The store is ready.');
        return;
      } catch (err) {
        if (closing.signal.aborted) return;
        log.error({ err }, 'The store cannot be used yet; trying on.');
        await pause(RETRY_MS, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  };
  return {
    ...store,
    async ready() {
      return begun && (await store.ready());
    },
    limiter(windowMs) {
      const duration = windowMs / 1_000;
      const limiter = new RateLimiterMongo({
        storeClient: link.connection,
        points: 1,
        duration,
        tableName: `${COLLECTION_PREFIX}points_${duration}`,
        keyPrefix: '',
        disableIndexesCreation: true,
      });
      limiters.push(limiter);
      if (begun) {
        limiter.createIndexes().catch((err: unknown) => {
          log.error(
            { err },
            'What limits count on could not be prepared; without it they may count too little.',
          );
        });
      }
      return limiter;
    },
    async begin(fill) {
      await Promise.race([link.up, pause(FIRST_TRY_MS, undefined, { ref: false })]);
      if (isThere()) {
        try {
          await tryOnce(fill);
          return;
        } catch (err) {
          // A server that is there and refuses is for somebody to look at; one that has gone again is waited for.
          if (isThere()) throw err;
        }
      }
      log.error({}, 'Starting without the store: requests are refused with 503 until it is there.');
      retrying = tryOn(fill);
    },
    async close() {
      closing.abort();
      await store.close();
      await link.close();
      await retrying;
    },
  };
}
