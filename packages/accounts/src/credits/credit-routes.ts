import { requireKind } from '@onerouter/auth';
import type { Ledger } from '@onerouter/billing';
import { principalSlot, type Log, type Principal } from '@onerouter/core';
import { Router, type Request, type RequestHandler } from 'express';
import { readQuery } from '../read-query.ts';
import { storeFailures } from '../store-failures.ts';
import { takePrincipal } from '../take-principal.ts';
import { entriesQuery } from './credit-shapes.ts';
import { writeEntry, writeStatement } from './credit-wire.ts';
import { forOwner } from './grant-note.ts';

export interface CreditRoutesOptions {
  /** Where balances and entries are read. */
  readonly ledger: Pick<Ledger, 'statement' | 'history'>;
  /**
   * Answer `GET /credits/methods` with `{stripe: false}`, for an app that sells no credits. Where some are sold the routes
   * of payments answer it.
   *
   * @default false
   */
  readonly withoutPayments?: boolean;
  /** Who calls. @default what the authentication in front found */
  readonly principal?: (req: Request) => Principal;
  /** Where failures of the store are reported. @default process warnings */
  readonly log?: Log;
}

/**
 * What an account has: `GET /credits/balance` with its lots, and `GET /credits/entries`, what was paid, granted, refunded,
 * disputed, adjusted and what expired, newest first. For sessions and management keys.
 */
export function creditRoutes(options: CreditRoutesOptions): Router {
  const { ledger, withoutPayments = false } = options;
  const router = Router();
  const owner = requireKind('management', 'session');
  router.use(takePrincipal(options.principal));
  router.get('/credits/balance', owner, getBalance(ledger));
  router.get('/credits/entries', owner, getEntries(ledger));
  if (withoutPayments) router.get('/credits/methods', owner, getNoMethods);
  router.use(storeFailures(options));
  return router;
}

function getBalance(ledger: Pick<Ledger, 'statement'>): RequestHandler {
  return async function getBalance(req, res) {
    res.json({ data: writeStatement(await ledger.statement(principalSlot.get(req).accountId)) });
  };
}

function getEntries(ledger: Pick<Ledger, 'history'>): RequestHandler {
  return async function getEntries(req, res) {
    const { limit, cursor } = readQuery(req, entriesQuery);
    // One more than asked for tells whether there is another page.
    const found = await ledger.history(principalSlot.get(req).accountId, {
      before: cursor,
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const next = found.length > limit ? String(page.at(-1)?.seq) : null;
    res.json({ data: page.map((entry) => writeEntry(forOwner(entry))), next_cursor: next });
  };
}

const getNoMethods: RequestHandler = function getNoMethods(_req, res) {
  res.json({ data: { stripe: false } });
};
