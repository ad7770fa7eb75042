import { STATES } from 'mongoose';
import { afterEach, beforeEach } from 'vitest';
import type { MongoServer } from './testing/mongo-server.ts';
import { openMongooseStore, type MongooseStore, type MongooseStoreOptions } from './open-mongoose-store.ts';

/** Stores on one database, each with a connection of its own, as processes have them. */
export interface Stores {
  /** The database of the running test. */
  readonly database: () => string;
  /** Opens another; closed after the test. */
  readonly open: (options?: MongooseStoreOptions) => Promise<MongooseStore>;
}

/** A new database for each test, with the store's indexes, dropped after it. */
export function storesOn(server: MongoServer): Stores {
  let database: string;
  let opened: MongooseStore[];
  const open = async (options: MongooseStoreOptions = {}): Promise<MongooseStore> => {
    const store = openMongooseStore(await server.connect(database), options);
    opened.push(store);
    return store;
  };
  beforeEach(async () => {
    database = server.newDatabase();
    opened = [];
    await (await open()).prepare();
  });
  afterEach(async () => {
    for (const store of opened) if (store.connection.readyState === STATES.connected) await store.close();
    await server.drop(database);
  });
  return { database: () => database, open };
}
