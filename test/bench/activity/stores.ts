import type { BookStore, Ledger } from '@onerouter/billing';
import type { GenerationLog, SettlementFeed, UsageRollups } from '@onerouter/metering';
import { connectMongo, openMongooseStore } from '@onerouter/store-mongoose';
import { openSqliteStore } from '@onerouter/store-sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A store to be filled and asked. */
export interface ActivityStore {
  readonly books: BookStore;
  readonly ledger: Ledger;
  readonly generations: GenerationLog & SettlementFeed;
  readonly rollups: UsageRollups;
  /** Path of the database, where it is a file. */
  readonly path: string | undefined;
  close(): Promise<void>;
}

export interface Opener {
  readonly name: string;
  /** An empty one. */
  open(): Promise<ActivityStore>;
}

const sqlite: Opener = {
  name: 'sqlite',
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'onerouter-activity-'));
    const path = join(folder, 'store.db');
    const store = openSqliteStore(path);
    return {
      ...store,
      path,
      async close() {
        await store.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

function mongodb(uri: string): Opener {
  return {
    name: 'mongodb',
    async open() {
      const dbName = `onerouter_activity_${process.pid}_${Date.now()}`;
      const link = connectMongo(uri, { connect: { dbName } });
      await link.up;
      const store = openMongooseStore(link.connection);
      await store.prepare();
      return {
        ...store,
        path: undefined,
        async close() {
          await store.close();
          await link.connection.dropDatabase();
          await link.close();
        },
      };
    },
  };
}

/** SQLite, and MongoDB where `MONGODB_URI` names a server. */
export function openers(): readonly Opener[] {
  const uri = process.env['MONGODB_URI'];
  return uri === undefined || uri === '' ? [sqlite] : [sqlite, mongodb(uri)];
}
