import { accountStoreSuite } from '@onerouter/accounts/testing';
import { keyStoreSuite } from '@onerouter/auth/testing';
import { expect, it } from 'vitest';
import { createIndexes } from './indexes.ts';
import { describeOnMongo, type MongoServer } from './testing/mongo-server.ts';
import { MongooseAccounts } from './mongoose-accounts.ts';
import { COLLECTION_PREFIX, modelsOn } from './models.ts';

interface Made {
  readonly store: MongooseAccounts;
  close(): Promise<void>;
}

async function make(server: MongoServer): Promise<Made> {
  const database = server.newDatabase();
  const models = modelsOn(await server.connect(database), COLLECTION_PREFIX);
  await createIndexes(models);
  return { store: new MongooseAccounts(models), close: () => server.drop(database) };
}

describeOnMongo('an account on MongoDB of before people could sign in', (server) => {
  it('is an ordinary one, and can be given everything', async () => {
    const database = server.newDatabase();
    const models = modelsOn(await server.connect(database), COLLECTION_PREFIX);
    await createIndexes(models);
    const store = new MongooseAccounts(models);
    const fields = { passwordHash: null, allowTraining: true, createdAt: new Date(1_000) };
    // Two, since what is missing from both must not collide.
    await models.accounts.collection.insertMany([
      { _id: 'acc-1', email: 'ann@example.com', ...fields },
      { _id: 'acc-2', email: 'bob@example.com', ...fields },
    ] as never[]);
    const ann = await store.findAccount('acc-1');
    expect(ann).toMatchObject({ emailVerified: false, role: 'user', alerts: null, identities: [] });
    const alerts = { threshold: 5n, email: true, webhookUrl: null };
    const patch = { emailVerified: true, role: 'operator', alerts } as const;
    expect(await store.updateAccount('acc-1', patch)).toEqual({ ...ann, ...patch });
    const identity = { provider: 'github', subject: '1' };
    expect(await store.linkIdentity('acc-2', identity)).toMatchObject({ identities: [identity] });
    await server.drop(database);
  });
});

describeOnMongo('on MongoDB', (server) => {
  accountStoreSuite('MongooseAccounts', () => make(server));

  keyStoreSuite('MongooseAccounts', async () => {
    const made = await make(server);
    return {
      ...made,
      async add({ allowTraining, ...key }) {
        const { accountId: id } = key;
        const account = { id, email: `${id}@example.com`, passwordHash: null, allowTraining, createdAt: 1 };
        await made.store.createAccount(account);
        await made.store.createKey(key);
      },
    };
  });
});
