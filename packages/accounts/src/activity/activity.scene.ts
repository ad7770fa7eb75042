import { bearerAuth, hashKey, keyLabel, newApiKey, newManagementKey, type Sessions } from '@onerouter/auth';
import type { Balance } from '@onerouter/billing';
import { errorResponder, principalSlot, type Generation, type Log } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import { memoryGenerationLog, type MemoryGenerationLog } from '@onerouter/metering';
import { sampleGeneration } from '@onerouter/metering/testing';
import express from 'express';
import type { AccountsAndKeys } from '../account-store.ts';
import { memoryAccounts } from '../memory-accounts.ts';
import { testPrincipal } from '../testing/test-principal.ts';
import { activityRoutes, type ActivityRoutes } from './activity-routes.ts';
import type { LiveLimits } from './live/live-limits.ts';

/** Noon of 2026-09-21. */
export const NOON = Date.UTC(2026, 8, 21, 12);

/** One of the accounts, with a key of each kind. */
export interface Person {
  readonly id: string;
  readonly apiKey: string;
  readonly keyId: string;
  readonly managementKey: string;
}

export type Fields = Readonly<Record<string, unknown>>;

interface Body {
  readonly data: readonly Fields[];
  readonly next_cursor?: string | null;
}

/** The routes of activity behind real authentication, over a log in memory. */
export interface ActivityScene extends TestServer {
  readonly routes: ActivityRoutes;
  readonly log: MemoryGenerationLog;
  readonly accounts: AccountsAndKeys;
  readonly ann: Person;
  readonly bob: Person;
  /** Nano-dollars that every account has; change it at will. */
  readonly money: { balance: bigint };
  /** What the store does when it is asked; change it to make it fail. */
  readonly store: { away: Error | undefined };
  readonly warnings: string[];
  /** Keeps a generation of Ann's. */
  settle(fields?: Partial<Generation>): Promise<Generation>;
  /** Asks with Ann's management key, unless another is given. */
  get(path: string, key?: string): Promise<Response>;
  /** The body of a 200. */
  json(path: string, key?: string): Promise<Body>;
}

/** @param sessions those of callers who say in `x-session` which account they are signed in to */
export async function startActivity(
  live: LiveLimits = {},
  sessions?: Pick<Sessions, 'find'>,
): Promise<ActivityScene> {
  const accounts = memoryAccounts();
  const log = memoryGenerationLog();
  const [ann, bob] = [await person(accounts, 'ann'), await person(accounts, 'bob')];
  const money = { balance: 5_000_000_000n };
  const store: ActivityScene['store'] = { away: undefined };
  const warnings: string[] = [];
  const report: Log = {
    warn: (_, message) => void warnings.push(message),
    error: (_, message) => void warnings.push(message),
  };
  const ask = <T>(answer: () => Promise<T>): Promise<T> => {
    return store.away ? Promise.reject(store.away) : answer();
  };
  const routes = activityRoutes({
    generations: {
      list: (query) => ask(() => log.list(query)),
      end: (account) => ask(() => log.end(account)),
      after: (...asked) => ask(() => log.after(...asked)),
    },
    rollups: { daily: (...asked) => ask(() => log.daily(...asked)) },
    accounts,
    ledger: { balance: () => ask(async () => balanceOf(money.balance)) },
    live: { pollMs: 5, ...live },
    sessions,
    now: () => NOON,
    log: report,
  });
  const app = express();
  app.use('/api/v1', bearerAuth({ keys: accounts, kinds: ['api', 'management'] }));
  app.use((req, _res, next) => {
    const accountId = req.headers['x-session'];
    if (typeof accountId === 'string') principalSlot.set(req, testPrincipal({ accountId }));
    next();
  });
  app.use('/api/v1', routes);
  app.get('/api/v1/other', (_req, res) => void res.send('somebody else'));
  app.use(errorResponder({ log: report }));
  const server = await serve(app);
  const get: ActivityScene['get'] = (path, key = ann.managementKey) =>
    fetch(`${server.url}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } });
  return {
    ...server,
    routes,
    log,
    accounts,
    ann,
    bob,
    money,
    store,
    warnings,
    async settle(fields = {}) {
      const made = sampleGeneration({ accountId: ann.id, keyId: ann.keyId, createdAt: NOON, ...fields });
      await log.append(made);
      return made;
    },
    get,
    async json(path, key) {
      const answer = await get(path, key);
      if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as Body;
    },
    async close() {
      routes.close();
      await server.close();
    },
  };
}

function balanceOf(balance: bigint): Balance {
  return { balance, reserved: 1n, available: balance - 1n, totalCredits: balance, totalUsage: 0n };
}

async function person(accounts: AccountsAndKeys, name: string): Promise<Person> {
  const { id } = await accounts.createAccount({
    id: `acc-${name}`,
    email: `${name}@example.com`,
    passwordHash: null,
    allowTraining: false,
    createdAt: NOON,
  });
  const [apiKey, managementKey] = [newApiKey(), newManagementKey()];
  for (const key of [apiKey, managementKey]) {
    await accounts.createKey({
      hash: hashKey(key),
      kind: key === apiKey ? 'api' : 'management',
      accountId: id,
      name: `${name}'s key`,
      label: keyLabel(key),
      disabled: false,
      limit: null,
      limitReset: null,
      expiresAt: null,
      createdAt: NOON,
      updatedAt: null,
    });
  }
  return { id, apiKey, keyId: hashKey(apiKey), managementKey };
}
