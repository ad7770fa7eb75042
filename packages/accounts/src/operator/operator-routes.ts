import type { Ledger } from '@onerouter/billing';
import type { Log, Principal } from '@onerouter/core';
import type { UsageRollups } from '@onerouter/metering';
import { Router, type Request } from 'express';
import type { AccountStore } from '../account-store.ts';
import { storeFailures } from '../store-failures.ts';
import { takePrincipal } from '../take-principal.ts';
import { getAccount, grantCredits, listAccounts } from './operator-accounts.ts';
import { operatorGuard } from './operator-guard.ts';
import { operatorTotals } from './operator-totals.ts';
import { writeProvider, type ProviderHealthReport } from './provider-health.ts';

export interface OperatorRoutesOptions {
  readonly accounts: Pick<AccountStore, 'findAccount' | 'listAccounts' | 'countAccounts'>;
  readonly ledger: Pick<Ledger, 'balance' | 'totals' | 'history' | 'credit'>;
  /** Use by day. @default none: totals say nothing of it */
  readonly rollups?: Pick<UsageRollups, 'totals'> | undefined;
  /** How the providers fare. @default none are shown */
  readonly providers?: () => readonly ProviderHealthReport[];
  /** Who calls. @default what the authentication in front found */
  readonly principal?: (req: Request) => Principal;
  /** The clock in milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** Where failures of the store are reported. @default process warnings */
  readonly log?: Log;
}

/**
 * What an operator sees and does under `/operator`: totals, the providers' health, accounts, grants. For sessions and
 * management keys of accounts with the role `operator`; everybody else passes through to what answers unknown paths.
 *
 * Every grant is an entry of the ledger whose note names the operator.
 */
export function operatorRoutes(options: OperatorRoutesOptions): Router {
  const { accounts, ledger, rollups, providers = () => [], now = Date.now } = options;
  const totals = operatorTotals({ accounts, ledger, rollups, now });
  const router = Router();
  router.use('/operator', takePrincipal(options.principal), operatorGuard(accounts));
  router.get('/operator/totals', async function getTotals(_req, res) {
    res.json({ data: await totals() });
  });
  router.get('/operator/providers', function getProviders(_req, res) {
    res.json({ data: providers().map(writeProvider) });
  });
  router.get('/operator/accounts', listAccounts(options));
  router.get('/operator/accounts/:id', getAccount(options));
  router.post('/operator/accounts/:id/grants', grantCredits(options));
  router.use(storeFailures(options));
  return router;
}
