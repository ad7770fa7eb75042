import { checkBooks, draft, generation } from '@onerouter/billing/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connectMongo, type MongoLink } from './connect.ts';
import { describeOnMongo } from './testing/mongo-server.ts';
import { openMongooseStore, type MongooseStore } from './open-mongoose-store.ts';
import { storesOn } from './store.scene.ts';
import { TcpProxy } from './testing/tcp-proxy.ts';

const account = 'acc-1';

describeOnMongo('a MongoDB server that goes away', (server) => {
  const stores = storesOn(server);
  const said: string[] = [];
  const log = {
    warn: (_: object, message: string): void => void said.push(message),
    error: (_: object, message: string): void => void said.push(message),
  };
  let proxy: TcpProxy;
  let link: MongoLink;
  let store: MongooseStore;

  const connect = async (): Promise<void> => {
    const { hostname, port } = new URL(server.uri);
    proxy = new TcpProxy(hostname, Number(port || 27_017));
    // Takes a port, and gives it back.
    await proxy.mend();
    await proxy.cut();
    link = connectMongo(`mongodb://127.0.0.1:${proxy.port}/?directConnection=true`, {
      connect: { dbName: stores.database(), serverSelectionTimeoutMS: 200, heartbeatFrequencyMS: 500 },
      log,
    });
    store = openMongooseStore(link.connection, { log });
  };
  const reserve = (id: string): Promise<void> =>
    store.ledger.reserve({ id, account, key: 'k', amount: 10n, draft: draft(id, account) });

  beforeEach(async () => {
    said.length = 0;
    await connect();
  });
  afterEach(async () => {
    await store.close();
    await link.close();
    await proxy.cut();
  });

  it('is not needed to start, is waited for, and nothing is admitted before it is there', async () => {
    expect(await store.ready()).toBe(false);
    await expect(reserve('g0')).rejects.toThrow();
    await expect(store.keys.find('a')).rejects.toThrow();
    await vi.waitFor(() => expect(said).toContain('MongoDB cannot be reached; trying on.'), 10_000);
    await proxy.mend();
    await link.up;
    expect(await store.ready()).toBe(true);
    await store.ledger.credit({ entryId: 'pay', account, amount: 100n });
    await reserve('g1');
    expect(await store.ledger.balance(account)).toMatchObject({ reserved: 10n });
  });

  it('under load loses no charge, gives nothing away, and is found again without a restart', async () => {
    await proxy.mend();
    await link.up;
    await store.ledger.credit({ entryId: 'pay', account, amount: 100n });
    await reserve('g1');
    await reserve('g2');
    const lost = store.ledger.settle('g1', generation('g1', account, { cost: 7n }));
    await proxy.cut();
    const late = store.ledger.settle('g2', generation('g2', account, { cost: 5n }));
    await expect(reserve('g3')).rejects.toThrow();
    await vi.waitFor(async () => expect(await store.ready().catch(() => false)).toBe(false));
    await proxy.mend();
    await Promise.all([lost, late]);
    await vi.waitFor(async () => expect(await store.ready()).toBe(true), 10_000);
    await vi.waitFor(async () => expect((await store.ledger.balance(account)).reserved).toBe(0n), 10_000);
    expect(await store.ledger.balance(account)).toMatchObject({ balance: 88n, totalUsage: 12n });
    await reserve('g4');
    await checkBooks(store.books, account);
  });
});
