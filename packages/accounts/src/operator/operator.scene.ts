import { createLedger, createMemoryBooks, type Ledger } from '@onerouter/billing';
import { errorResponder, unknownRoute, type Log, type Principal } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import type { DayRange, DayTotals } from '@onerouter/metering';
import express from 'express';
import type { AccountsAndKeys } from '../account-store.ts';
import { memoryAccounts } from '../memory-accounts.ts';
import { account } from '../testing/account-records.ts';
import { testPrincipal } from '../testing/test-principal.ts';
import { operatorRoutes } from './operator-routes.ts';

/** Wednesday. */
export const NOW: number = Date.UTC(2026, 8, 23, 12);

export interface OperatorScene extends TestServer {
  readonly accounts: AccountsAndKeys;
  readonly ledger: Ledger;
  /** Who calls; `acc-ops`, signed in, at first. */
  caller: Principal;
  now: number;
  /** Use of all accounts. */
  readonly days: DayTotals[];
  /** What the rollups were asked for. */
  readonly asked: DayRange[];
  call(path: string, body?: unknown): Promise<Called>;
}

export interface Called {
  readonly status: number;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The routes on a server with an operator `ops` and users `ann` and `bob`. The caller closes it. */
export async function startOperator(log: Log): Promise<OperatorScene> {
  const accounts = memoryAccounts();
  await accounts.createAccount(account('ops', { role: 'operator' }));
  await accounts.createAccount(account('ann'));
  await accounts.createAccount(account('bob', { email: 'bob@else.org' }));
  const ledger = createLedger(createMemoryBooks({ now: () => NOW }));
  const app = express();
  const routes = operatorRoutes({
    accounts,
    ledger,
    log,
    principal: () => scene.caller,
    now: () => scene.now,
    rollups: {
      async totals(range) {
        scene.asked.push(range);
        return scene.days;
      },
    },
    providers: () => [
      {
        provider: 'alpha',
        endpoints: [
          {
            model: 'acme/writer-1',
            upstreamModel: 'writer-1-upstream',
            healthy: false,
            breaker: 'half_open',
            uptime5m: 0,
            latencyMs: 120,
          },
        ],
      },
    ],
  });
  app.use(routes, unknownRoute(), errorResponder({ log }));
  const server = await serve(app);
  const scene: OperatorScene = {
    ...server,
    accounts,
    ledger,
    caller: testPrincipal({ accountId: 'acc-ops' }),
    now: NOW,
    days: [],
    asked: [],
    async call(path, body) {
      const posted = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      };
      const response = await fetch(`${server.url}${path}`, body === undefined ? {} : posted);
      const text = await response.text();
      return { status: response.status, text, body: JSON.parse(text) as Called['body'] };
    },
    async close() {
      await server.close();
      await ledger.close();
    },
  };
  return scene;
}
