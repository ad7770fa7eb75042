import { accountStoreSuite } from '@onerouter/accounts/testing';
import { keyStoreSuite } from '@onerouter/auth/testing';
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
