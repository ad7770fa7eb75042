import { resolve } from 'node:path';
import { ConfigError } from './config-error.ts';

/** Where credits, keys and generations are kept when the configuration does not say. */
export const DEFAULT_STORE = 'sqlite:./data/onerouter.db';

/** Where the demo's keys are kept when the store is no file. */
const BESIDE_MONGODB = './data/mongodb';

/** Where everything is kept. */
export interface StoreAddress {
  /** Absolute path of the SQLite file; with MongoDB, only what small files are named after. */
  readonly storePath: string;
  /** `undefined` for SQLite. */
  readonly mongoUri: string | undefined;
}

/**
 * What a store address means.
 *
 * @param store `sqlite:` and a path, relative to `base` or absolute; or a `mongodb:` or `mongodb+srv:` address
 * @param base absolute folder
 * @throws {ConfigError} on an address of another kind
 */
export function storeAddress(store: string, base: string): StoreAddress {
  if (/^mongodb(\+srv)?:\/\/./.test(store)) {
    return { storePath: resolve(base, BESIDE_MONGODB), mongoUri: store };
  }
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(store)?.[1];
  if (path === undefined) {
    // The address itself may hold a password, so it is not quoted.
    throw new ConfigError('The store', [
      `store must be "sqlite:" and a path, for example "${DEFAULT_STORE}", or an address that begins with "mongodb://".`,
    ]);
  }
  return { storePath: resolve(base, path), mongoUri: undefined };
}
