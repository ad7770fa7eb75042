import type { LedgerOptions, LedgerSource } from '@onerouter/billing';
import type { Store } from '@onerouter/gateway';
import { connectMongo, mongooseLedgerSource, openMongooseStore } from '@onerouter/store-mongoose';
import { openSqliteLedgerSource, openSqliteStore } from '@onerouter/store-sqlite';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

/** Where the processes of a test keep their books. */
export type StoreAddress =
  | { readonly kind: 'sqlite'; readonly path: string; readonly busyTimeoutMs?: number }
  | { readonly kind: 'mongodb'; readonly uri: string; readonly database: string };

export type StoreKind = StoreAddress['kind'];

/** A store to test on, if it is there. */
export interface TestedStore {
  readonly kind: StoreKind;
  /** For the test's title; says why when it is skipped, and how to run it. */
  readonly name: string;
  readonly there: boolean;
}

const mongo = Boolean(process.env['MONGODB_URI']);

export const STORES: readonly TestedStore[] = [
  { kind: 'sqlite', name: 'SQLite', there: true },
  {
    kind: 'mongodb',
    name: mongo ? 'MongoDB' : 'MongoDB (skipped: no server. MONGODB_URI=mongodb://127.0.0.1:27017 pnpm test)',
    there: mongo,
  },
];

/** The address of an empty store. */
export function newStore(kind: StoreKind, folder: string): StoreAddress {
  if (kind === 'sqlite') return { kind, path: join(folder, 'onerouter.db') };
  const uri = process.env['MONGODB_URI'] ?? '';
  return { kind, uri, database: `onerouter_test_${randomBytes(6).toString('hex')}` };
}

export interface OpenedStore extends Store {
  close(): Promise<void>;
}

export async function openStore(address: StoreAddress, ledger: LedgerOptions): Promise<OpenedStore> {
  if (address.kind === 'sqlite') {
    const { path, busyTimeoutMs } = address;
    return openSqliteStore(path, { ledger, ...(busyTimeoutMs === undefined ? {} : { busyTimeoutMs }) });
  }
  const link = await connected(address);
  const store = openMongooseStore(link.connection, { ledger });
  await store.prepare();
  return {
    ...store,
    async close() {
      await store.close();
      await link.close();
    },
  };
}

/** Reads the ledger of a store beside the processes that use it. */
export async function readLedger<T>(
  address: StoreAddress,
  read: (source: LedgerSource) => Promise<T>,
): Promise<T> {
  if (address.kind === 'sqlite') {
    const source = openSqliteLedgerSource(address.path);
    return read(source).finally(() => source.close());
  }
  const link = await connected(address);
  try {
    return await read(mongooseLedgerSource(link.connection));
  } finally {
    await link.close();
  }
}

/** Removes what is not in the test's folder. */
export async function removeStore(address: StoreAddress): Promise<void> {
  if (address.kind === 'sqlite') return;
  const link = await connected(address);
  await link.connection.dropDatabase();
  await link.close();
}

async function connected({
  uri,
  database,
}: StoreAddress & { kind: 'mongodb' }): Promise<ReturnType<typeof connectMongo>> {
  const link = connectMongo(uri, { connect: { dbName: database }, log: { warn() {}, error() {} } });
  await link.up;
  return link;
}
