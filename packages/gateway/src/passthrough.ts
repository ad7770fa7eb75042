import { reserveFixed } from '@onerouter/billing';
import { errorResponder, openExchange, unknownRoute } from '@onerouter/core';
import {
  passthroughSlot,
  passthroughTarget,
  providerPassthrough,
  upgradeHandler,
  websocketsOnly,
  type PassthroughTable,
  type UpgradeHandler,
} from '@onerouter/proxy';
import express, { Router } from 'express';
import type { ChainParts } from './chain.ts';
import type { Store } from './store.ts';

/** Where the gateway is mounted, which an upgrade request is not stripped of. */
const MOUNTS = ['/v1', '/api/v1', '/'];

export interface PassthroughParts extends Pick<ChainParts, 'running' | 'metrics' | 'auth' | 'rates' | 'log'> {
  readonly ledger: Store['ledger'];
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
  const { running, metrics, auth, rates, ledger, log, table } = parts;
  const below = Router();
  below.use(
    // `GET /providers` itself is a list of the catalogue's.
    (req, _res, next) => (table().empty || req.path === '/' ? next('router') : next()),
    openExchange({ surface: 'passthrough', running, log }),
    metrics.observe,
    auth,
    rates,
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
