import { join } from 'node:path';
import { memoryAccounts } from '@onerouter/accounts';
import { createLedger, createMemoryBooks } from '@onerouter/billing';
import type { Store } from '@onerouter/gateway';
import { memoryGenerationLog } from '@onerouter/metering';
import { connectMongo, openMongooseStore } from '@onerouter/store-mongoose';
import { openSqliteStore } from '@onerouter/store-sqlite';

/** A store for a candidate. Its database goes with the benchmark's folder; MongoDB's is dropped by whoever named it. */
export async function openBenchStore(name: string, dir: string): Promise<Store> {
  if (name === 'memory') return memoryStore();
  const store = name === 'mongodb' ? await mongoStore() : openSqliteStore(join(dir, 'bench.db'));
  await store.ledger.start();
  return store;
}

/** Nothing is kept but what the process holds: what the chain costs without a database. */
function memoryStore(): Store {
  const accounts = memoryAccounts();
  return {
    accounts,
    keys: accounts,
    ledger: createLedger(createMemoryBooks()),
    generations: memoryGenerationLog(),
    ready: async () => true,
  };
}

/** On the server and database that the benchmark names in the environment. */
async function mongoStore(): Promise<Store> {
  const { BENCH_MONGODB_URI: uri = '', BENCH_MONGODB_NAME: dbName = '' } = process.env;
  const link = connectMongo(uri, { connect: { dbName } });
  await link.up;
  const store = openMongooseStore(link.connection);
  await store.prepare();
  return store;
}
