import { resolve } from 'node:path';
import { ConfigError } from './config-error.ts';

/** Where credits, keys and generations are kept when the configuration does not say. */
export const DEFAULT_STORE = 'sqlite:./data/onerouter.db';

/**
 * The path of the SQLite file that a store address means.
 *
 * @param store `sqlite:` and a path, relative to `base` or absolute
 * @param base absolute folder
 * @throws {ConfigError} on an address of another kind
 */
export function storePath(store: string, base: string): string {
  if (/^mongodb(\+srv)?:/.test(store)) {
    throw new ConfigError('The store', [
      'A mongodb:// address needs the MongoDB store, which is a package of its own and is not installed. ' +
        `Unset MONGODB_URI and set store to "${DEFAULT_STORE}".`,
    ]);
  }
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(store)?.[1];
  if (path === undefined) {
    // The address itself may hold a password, so it is not quoted.
    throw new ConfigError('The store', [
      `store must be "sqlite:" and a path, for example "${DEFAULT_STORE}".`,
    ]);
  }
  return resolve(base, path);
}
