import { bearerAuth, hashKey, KeyCache, keyLabel, newApiKey, newManagementKey } from '@onerouter/auth';
import type { Balance, KeyUsage, Ledger } from '@onerouter/billing';
import { errorResponder, type Generation } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import express from 'express';
import { accountRoutes } from '../account-routes.ts';
import type { Account, AccountsAndKeys, NewKey } from '../account-store.ts';
import { memoryAccounts } from '../memory-accounts.ts';

/** The routes behind real authentication, with two accounts that hold a key of each kind. */
export interface RoutesFixture extends TestServer {
  readonly accounts: AccountsAndKeys;
  readonly ann: Caller;
  readonly bob: Caller;
  /** What the ledger answers, by account or key hash; change it at will. */
  readonly balances: Map<string, Partial<Balance>>;
  readonly spendings: Map<string, Partial<KeyUsage>>;
  readonly generations: Map<string, Generation>;
  call(path: string, key: string, init?: CallInit): Promise<Response>;
}

export interface CallInit {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Caller {
  readonly account: Account;
  readonly apiKey: string;
  readonly managementKey: string;
}

/** Starts the fixture; the caller closes it. */
export async function startRoutes(): Promise<RoutesFixture> {
  const accounts = memoryAccounts();
  const [ann, bob] = [await addCaller(accounts, 'ann'), await addCaller(accounts, 'bob')];
  const balances: RoutesFixture['balances'] = new Map();
  const spendings: RoutesFixture['spendings'] = new Map();
  const generations: RoutesFixture['generations'] = new Map();

  const ledger: Pick<Ledger, 'balance' | 'keyUsage'> = {
    balance: async (account) => ({
      balance: 0n,
      reserved: 0n,
      available: 0n,
      totalCredits: 0n,
      totalUsage: 0n,
      ...balances.get(account),
    }),
    keyUsage: async (_account, key) => ({
      total: 0n,
      daily: 0n,
      weekly: 0n,
      monthly: 0n,
      reserved: 0n,
      ...spendings.get(key),
    }),
  };
  const find = async (accountId: string, id: string): Promise<Generation | undefined> => {
    const found = generations.get(id);
    return found?.accountId === accountId ? found : undefined;
  };
  const keys = new KeyCache(accounts);
  const app = express();
  app.use(
    '/api/v1',
    bearerAuth({ keys, kinds: ['api', 'management'] }),
    accountRoutes({
      accounts,
      ledger,
      generations: { find },
      onKeyChange: (hash) => keys.invalidate(hash),
    }),
  );
  app.use(errorResponder());
  const server = await serve(app);
  const call: RoutesFixture['call'] = (path, key, init = {}) =>
    fetch(`${server.url}/api/v1${path}`, {
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers, authorization: `Bearer ${key}` },
    });
  return { ...server, accounts, ann, bob, balances, spendings, generations, call };
}

async function addCaller(accounts: AccountsAndKeys, name: string): Promise<Caller> {
  const account = await accounts.createAccount({
    id: `acc-${name}`,
    email: `${name}@example.com`,
    passwordHash: null,
    allowTraining: false,
    createdAt: 1_790_000_000_000,
  });
  const apiKey = newApiKey();
  const managementKey = newManagementKey();
  await accounts.createKey(newKey(account, apiKey, 'api'));
  await accounts.createKey(newKey(account, managementKey, 'management'));
  return { account, apiKey, managementKey };
}

function newKey(account: Account, key: string, kind: NewKey['kind']): NewKey {
  return {
    hash: hashKey(key),
    kind,
    accountId: account.id,
    name: `${kind} key`,
    label: keyLabel(key),
    disabled: false,
    limit: null,
    limitReset: null,
    expiresAt: null,
    createdAt: 1_790_000_000_000,
    updatedAt: null,
  };
}
