import { reserveFixed } from '@onerouter/billing';
import { errorResponder, openExchange, unknownRoute, type Log, type RunningExchanges } from '@onerouter/core';
import {
  passthroughSlot,
  passthroughTarget,
  providerPassthrough,
  upgradeHandler,
  websocketsOnly,
  type PassthroughTable,
  type UpgradeHandler,
} from '@onerouter/proxy';
import express, { Router, type RequestHandler } from 'express';
import type { Metrics } from './metrics.ts';
import type { Store } from './store.ts';

/** Where the gateway is mounted, which an upgrade request is not stripped of. */
const MOUNTS = ['/v1', '/api/v1', '/'];

export interface PassthroughParts {
  readonly running: RunningExchanges;
  readonly metrics: Metrics;
  readonly auth: RequestHandler;
  /** Limits calls as it does those of the surfaces. @default none */
  readonly limit?: RequestHandler | undefined;
  readonly ledger: Store['ledger'];
  readonly log: Log;
  /** What may be passed through at the moment. */
  readonly table: () => PassthroughTable;
}

export interface Passthrough {
  /** `/providers/{provider}/…`. */
  readonly router: Router;
  readonly upgrade: UpgradeHandler;
}

/**
 * The way of a call that is passed through; ordinary requests and websockets take the same one. With nothing listed there
 * is no such route.
 */
export function passthrough(parts: PassthroughParts): Passthrough {
  const { running, metrics, auth, limit, ledger, log, table } = parts;
  const below = Router();
  below.use(
    // `GET /providers` itself is a list of the catalogue's.
    (req, _res, next) => (table().empty || req.path === '/' ? next('router') : next()),
    openExchange({ surface: 'passthrough', running, log }),
    metrics.observe,
    auth,
    ...(limit ? [limit] : []),
    passthroughTarget({ table }),
    reserveFixed({ ledger, price: (req) => passthroughSlot.get(req).rule.price }),
    providerPassthrough(),
  );
  const router = Router();
  router.use('/providers', below);

  const upgrades = express();
  upgrades.disable('x-powered-by');
  upgrades.use(websocketsOnly());
  upgrades.use(MOUNTS, router);
  upgrades.use(unknownRoute());
  upgrades.use(errorResponder({ log }));
  return { router, upgrade: upgradeHandler(upgrades) };
}
