import { expect, it } from 'vitest';
import { MissingIndexesError } from './indexes.ts';
import { describeOnMongo } from './testing/mongo-server.ts';
import { openMongooseStore } from './open-mongoose-store.ts';
import { storesOn } from './store.scene.ts';

describeOnMongo('indexes on MongoDB', (server) => {
  const stores = storesOn(server);

  it('are made in a new database, also by processes that start at once', async () => {
    const database = server.newDatabase();
    const starting = await Promise.all(
      [1, 2, 3].map(async () => openMongooseStore(await server.connect(database))),
    );
    await Promise.all(starting.map((store) => store.prepare()));
    for (const store of starting) expect(await store.ready()).toBe(true);
    await server.drop(database);
  });

  it('are not made unasked in a database in use, but named, and then the store is not ready', async () => {
    const { models } = await stores.open();
    await models.owners.create({ _id: 'somebody', expiresAt: new Date(0) });
    await models.accounts.collection.dropIndex('email_1');
    await models.books.collection.dropIndex('pendingAt_1');
    const store = await stores.open();
    const failure = store.prepare();
    await expect(failure).rejects.toThrow(MissingIndexesError);
    await expect(failure).rejects.toThrow(
      /onerouter_accounts \(email\); onerouter_books \(pendingAt\).*db:indexes/,
    );
    await expect(store.ready()).rejects.toThrow(MissingIndexesError);
    await store.createIndexes();
    await store.prepare();
    expect(await store.ready()).toBe(true);
  });

  it('share a database with other collections, under a prefix of choice', async () => {
    const { connection } = await stores.open();
    await connection.db?.collection('accounts').insertOne({ theirs: true });
    const store = await stores.open({ prefix: 'billing_' });
    await store.prepare();
    const names = (await connection.db?.listCollections().toArray())?.map(({ name }) => name);
    expect(names).toContain('billing_books');
    expect(names).toContain('onerouter_books');
    expect(await connection.db?.collection('accounts').countDocuments()).toBe(1);
  });

  it('serve every query that grows with the data', async () => {
    const { models } = await stores.open();
    const at = new Date();
    const many = Array.from({ length: 3_000 }, (_, n) => n);
    const books = many.map((n) => ({
      _id: `b${n}`,
      seq: 1,
      owners: [`o${n}`],
      nextExpiryAt: at,
      pendingAt: at,
    }));
    await models.books.collection.insertMany(books as never[]);
    const records = many.map((n) => ({
      _id: `r${n}`,
      account: `a${n % 300}`,
      seq: n,
      charge: 1n,
      createdAt: at,
    }));
    await models.entries.collection.insertMany(records as never[]);
    await models.generations.collection.insertMany(records as never[]);
    await models.keys.collection.insertMany(records as never[]);
    await models.accounts.collection.insertMany(
      many.map((n) => ({
        _id: `a${n}`,
        email: `e${n}`,
        identities: [{ provider: 'github', subject: `s${n}` }],
      })) as never[],
    );
    await models.sessions.collection.insertMany(records as never[]);
    const charges = { account: 'a1', seq: { $gt: 1 }, charge: { $gt: 0 } };
    const queries = [
      models.accounts.find({ email: 'e1' }),
      models.accounts.find({ identities: { $elemMatch: { provider: 'github', subject: 's1' } } }),
      models.keys.find({ account: 'a1' }).sort({ createdAt: -1, _id: 1 }),
      models.sessions.find({ account: 'a1' }).sort({ lastSeenAt: -1, _id: 1 }),
      models.books.find({ owners: { $in: ['o1'] } }),
      models.books.find({ nextExpiryAt: { $lte: new Date(1) } }).sort({ nextExpiryAt: 1 }),
      models.books.find({ pendingAt: { $lte: new Date(1) } }),
      models.entries.find({ account: 'a1', seq: { $gt: 1 } }).sort({ seq: 1 }),
      models.entries.find({ account: 'a1', seq: { $lt: 99 } }).sort({ seq: -1 }),
      models.generations.find(charges).sort({ seq: 1 }),
    ];
    for (const query of queries) {
      const plan = JSON.stringify(await query.explain());
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toContain('COLLSCAN');
    }
  });
});
