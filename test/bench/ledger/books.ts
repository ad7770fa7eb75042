import {
  createLedger,
  createMemoryBooks,
  verifyLedger,
  type Ledger,
  type LedgerSource,
} from '@onerouter/billing';
import { connectMongo, mongooseLedgerSource, openMongooseStore } from '@onerouter/store-mongoose';
import { openSqliteLedgerSource, openSqliteStore } from '@onerouter/store-sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A ledger on books of its own, for one measurement. */
export interface OpenBooks {
  readonly ledger: Ledger;
  /** Closes it, and removes the books. Rejects when they do not add up. */
  close(): Promise<void>;
}

export interface Books {
  readonly name: string;
  open(): Promise<OpenBooks>;
}

const memory: Books = {
  name: 'memory',
  async open() {
    const ledger = createLedger(createMemoryBooks());
    return { ledger, close: () => ledger.close() };
  },
};

function sqlite(name: string, synchronous: 'normal' | 'full'): Books {
  return {
    name,
    async open() {
      const folder = mkdtempSync(join(tmpdir(), 'onerouter-bench-'));
      const path = join(folder, 'bench.db');
      const store = openSqliteStore(path, { synchronous });
      return {
        ledger: store.ledger,
        async close() {
          await store.close();
          const source = openSqliteLedgerSource(path);
          await assertAddsUp(source).finally(() => source.close());
          rmSync(folder, { recursive: true });
        },
      };
    },
  };
}

function mongodb(uri: string): Books {
  return {
    name: 'mongodb',
    async open() {
      const link = connectMongo(uri, { connect: { dbName: `onerouter_bench_${process.pid}_${Date.now()}` } });
      await link.up;
      const store = openMongooseStore(link.connection);
      await store.prepare();
      return {
        ledger: store.ledger,
        async close() {
          await store.close();
          try {
            await assertAddsUp(mongooseLedgerSource(link.connection));
          } finally {
            await link.connection.dropDatabase();
            await link.close();
          }
        },
      };
    },
  };
}

async function assertAddsUp(source: LedgerSource): Promise<void> {
  const { differing, differences } = await verifyLedger(source);
  if (differing > 0) throw new Error(`The ledger does not add up: ${JSON.stringify(differences[0])}.`);
}

const uri = process.env['MONGODB_URI'];

/** Undefined when there is none to measure. */
export const MONGODB_URI: string | undefined = uri === '' ? undefined : uri;

export const BOOKS: readonly Books[] = [
  memory,
  sqlite('sqlite', 'normal'),
  sqlite('sqlite-full', 'full'),
  ...(MONGODB_URI === undefined ? [] : [mongodb(MONGODB_URI)]),
];
