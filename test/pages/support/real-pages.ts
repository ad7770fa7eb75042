import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  accountSettingsRoutes,
  bootstrapAccounts,
  creditRoutes,
  signInRoutes,
  type Account,
} from '@onerouter/accounts';
import { bearerAuth, createSessions, KeyCache, sessionAuth } from '@onerouter/auth';
import { errorResponder, type Log } from '@onerouter/core';
import { scriptedProvider, serve, whole, type ScriptedProvider } from '@onerouter/core/testing';
import { dashboard, type DashboardOptions } from '@onerouter/dashboard';
import { onerouter } from '@onerouter/gateway';
import { openSqliteStore, type SqliteStore } from '@onerouter/store-sqlite';
import express, { Router } from 'express';
import type { Page } from 'playwright-core';
import { model } from '../../support/gateway.ts';

/** A password that a test types should not take half a second to check. */
const CHEAP = { logN: 10, r: 8, p: 1 };
const SILENT: Log = { warn: () => {}, error: () => {} };

export const ANN = { email: 'ann@example.com', password: 'correct horse battery' } as const;

/** The pages before the real chain: sign-in, keys, credits and gateway on SQLite, with scripted providers. */
export interface RealPages {
  readonly url: string;
  readonly store: SqliteStore;
  readonly ann: Account;
  /** `alpha` and `beta` serve the models by `acme`; `openai` what is built in. */
  provider(name: 'alpha' | 'beta' | 'openai'): ScriptedProvider;
  /** Signs Ann in through the API, as her pages would. */
  signIn(page: Page): Promise<void>;
  close(): Promise<void>;
}

export interface RealPagesOptions {
  readonly dashboard?: DashboardOptions;
  /** @default "10" */
  readonly creditsUsd?: string;
  /** Mounted before everything, to make routes fail or stand in for some. */
  readonly before?: Router;
}

export async function openRealPages(options: RealPagesOptions = {}): Promise<RealPages> {
  const directory = mkdtempSync(join(tmpdir(), 'onerouter-pages-'));
  const store = openSqliteStore(join(directory, 'onerouter.db'));
  await store.ledger.start();
  const [ann] = await bootstrapAccounts({
    ...store,
    config: { accounts: [{ ...ANN, creditsUsd: options.creditsUsd ?? '10' }] },
  });
  if (!ann) throw new Error('There is no account.');
  const providers = {
    alpha: await scriptedProvider(whole('Hello')),
    beta: await scriptedProvider(whole('Hello')),
    openai: await scriptedProvider(whole('Hello')),
  };
  const sessions = createSessions({ store: store.sessions });
  const session = sessionAuth({ sessions, accounts: store.accounts, log: SILENT });
  const keys = new KeyCache(store.keys);
  const gateway = onerouter({
    store,
    session,
    log: SILENT,
    providers: Object.fromEntries(
      Object.entries(providers).map(([name, { url }]) => [name, { baseUrl: url, apiKey: `sk-${name}` }]),
    ),
    models: [
      model('acme/writer-1', [{ provider: 'alpha', discount: 0.2 }, { provider: 'beta' }], {
        name: 'Writer 1',
        aliases: ['scribe'],
        description: 'Writes what it is asked to.',
      }),
      model('acme/painter-1', [{ provider: 'beta', free: true }], { name: 'Painter 1' }),
    ],
  });
  const { tickets, accounts, ledger } = store;
  const people = Router();
  people.use(signInRoutes({ accounts, sessions, tickets, passwordCost: CHEAP, log: SILENT }));
  people.use(
    ['/account', '/auth/codes', '/credits/balance', '/credits/entries', '/credits/methods'],
    session,
    bearerAuth({ keys, kinds: ['session', 'management'] }),
  );
  people.use(accountSettingsRoutes({ accounts, sessions, tickets, passwordCost: CHEAP, log: SILENT }));
  people.use(creditRoutes({ ledger, withoutPayments: true, log: SILENT }));
  people.use(errorResponder({ log: SILENT }));

  const app = express();
  if (options.before) app.use(options.before);
  app.use('/api/v1', people);
  app.use(['/v1', '/api/v1'], gateway);
  app.use(gateway.operations);
  app.use(dashboard(options.dashboard));
  const server = await serve(app);
  return {
    url: server.url,
    store,
    ann,
    provider: (name) => providers[name],
    signIn: async (page) => {
      const answer = await page.context().request.post(`${server.url}/api/v1/auth/sign-in`, { data: ANN });
      if (!answer.ok()) throw new Error(await answer.text());
    },
    close: async () => {
      await server.close();
      await gateway.drain(1_000);
      await store.close();
      for (const provider of Object.values(providers)) await provider.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
