import { accountStoreSuite } from '@onerouter/accounts/testing';
import { keyStoreSuite } from '@onerouter/auth/testing';
import { openSqliteStore } from './open-sqlite-store.ts';

accountStoreSuite('openSqliteStore()', async () => {
  const store = openSqliteStore(':memory:');
  return { store: store.accounts, close: () => store.close() };
});

keyStoreSuite('openSqliteStore()', async () => {
  const store = openSqliteStore(':memory:');
  return {
    store: store.keys,
    async add({ allowTraining, ...key }) {
      await store.accounts.createAccount({
        id: key.accountId,
        email: `${key.accountId}@example.com`,
        passwordHash: null,
        allowTraining,
        createdAt: 1,
      });
      await store.accounts.createKey(key);
    },
    close: () => store.close(),
  };
});
