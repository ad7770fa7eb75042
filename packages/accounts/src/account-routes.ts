import { AuthError, requireKind } from '@onerouter/auth';
import type { Ledger } from '@onerouter/billing';
import { GatewayError, principalSlot, usdNumber, type Log, type Principal } from '@onerouter/core';
import type { GenerationLog } from '@onerouter/metering';
import { Router, type Request, type RequestHandler } from 'express';
import type { AccountsAndKeys } from './account-store.ts';
import { writeGeneration } from './generation-wire.ts';
import { keyRoutes } from './key-routes.ts';
import { writeCurrentKey } from './key-wire.ts';
import { storeFailures } from './store-failures.ts';
import { takePrincipal } from './take-principal.ts';

export interface AccountRoutesOptions {
  /** Accounts and their keys. */
  readonly accounts: AccountsAndKeys;
  /** Where balances and spending are read. */
  readonly ledger: Pick<Ledger, 'balance' | 'keyUsage'>;
  /** Where generations are found, running ones included. */
  readonly generations: Pick<GenerationLog, 'find'>;
  /**
   * Called with a key's hash after every change of it, and before the change is answered: make the authentication of
   * this process forget the key here. @default nothing
   */
  readonly onKeyChange?: (hash: string) => void;
  /** Who calls. @default what `bearerAuth()` found */
  readonly principal?: (req: Request) => Principal;
  /** Where failures of the store are reported. @default process warnings */
  readonly log?: Log;
}

/**
 * Routes for the owner of a key: `GET /key`, `/generation`, `/credits`, and administration under `/keys`. Mount them
 * behind `bearerAuth({ kinds: ['api', 'management'] })`; each route takes the kinds it is for. While the store fails they
 * answer 503 `unavailable`.
 */
export function accountRoutes(options: AccountRoutesOptions): Router {
  const router = Router();
  router.use(takePrincipal(options.principal));
  router.get('/key', getKey(options));
  router.get('/credits', getCredits(options));
  router.get('/generation', getGeneration(options));
  router.use('/keys', requireKind('management', 'session'), keyRoutes(options));
  router.use(storeFailures(options));
  return router;
}

function getKey({ accounts, ledger }: AccountRoutesOptions): RequestHandler {
  return async function getKey(req, res) {
    const { accountId, keyId } = principalSlot.get(req);
    const [record, spending, balance] = await Promise.all([
      accounts.find(keyId),
      ledger.keyUsage(accountId, keyId),
      ledger.balance(accountId),
    ]);
    if (!record) throw new AuthError('unknown');
    res.json({ data: writeCurrentKey(record, spending, balance) });
  };
}

function getCredits({ ledger }: AccountRoutesOptions): RequestHandler {
  return async function getCredits(req, res) {
    const { totalCredits, totalUsage } = await ledger.balance(principalSlot.get(req).accountId);
    res.json({ data: { total_credits: usdNumber(totalCredits), total_usage: usdNumber(totalUsage) } });
  };
}

function getGeneration({ generations }: AccountRoutesOptions): RequestHandler {
  return async function getGeneration(req, res) {
    const { id } = req.query;
    if (typeof id !== 'string' || id === '') {
      throw new GatewayError(
        'invalid_request',
        'Which generation? Send its id: /generation?id=gen-… (see X-Generation-Id).',
        { param: 'id' },
      );
    }
    const found = await generations.find(principalSlot.get(req).accountId, id);
    if (!found) {
      throw new GatewayError('not_found', 'This account has no generation with that id.', { param: 'id' });
    }
    res.json({ data: writeGeneration(found) });
  };
}
