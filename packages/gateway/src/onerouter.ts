import { accountPaths, accountRoutes } from '@onerouter/accounts';
import { KeyCache } from '@onerouter/auth';
import {
  errorResponder,
  RunningExchanges,
  SURFACE_PATHS,
  unknownRoute,
  warningLog,
  type Surface,
} from '@onerouter/core';
import { createCatalogue, modelPaths, modelRoutes, quote, type Catalogue } from '@onerouter/models';
import { EndpointHealthBook, PassthroughTable, Upstreams, type UpgradeHandler } from '@onerouter/proxy';
import { Router } from 'express';
import { readCatalogue } from './catalogue.ts';
import { chainParts } from './chain-parts.ts';
import { chain, quoteChain } from './chain.ts';
import { createMetrics } from './metrics.ts';
import { completionPaths } from './openapi/completion-paths.ts';
import { describeApi } from './openapi/describe-api.ts';
import { operations } from './operations.ts';
import type { CatalogueConfig, OneRouterOptions } from './options.ts';
import { createPeople } from './people/create-people.ts';
import { peopleStore } from './people/people-store.ts';
import { providerHealth } from './people/provider-health.ts';
import { quoteMoney } from './quote-money.ts';
import { passthrough } from './passthrough.ts';
import { whoCalls } from './who-calls.ts';

/** An Express router with the whole chain; mount it at `/v1` and `/api/v1`. */
export interface OneRouter extends Router {
  /** `/health/live`, `/health/ready`, `/metrics`, `/openapi.json`; mount it at the root. */
  readonly operations: Router;
  readonly catalogue: Catalogue;
  /** What this process has seen of each endpoint. */
  readonly health: EndpointHealthBook;
  /** Exchanges that are not settled yet. */
  readonly running: RunningExchanges;
  /**
   * For `server.on('upgrade', gateway.upgrade)`: websockets to what providers list as `passthrough`. Express sees no
   * upgrades, so the mount is taken to be `/v1`, `/api/v1` or the root.
   */
  readonly upgrade: UpgradeHandler;
  /**
   * Takes new providers and models, in one step. Exchanges that run go on as they began; what is known of endpoints stays.
   *
   * @throws {TypeError | CatalogueError} naming what is wrong; everything stays as it was
   */
  reload(config: CatalogueConfig): void;
  /**
   * Refuses new exchanges with 503, waits for the running ones, and closes the connections to providers. The store stays
   * open: it is the caller's.
   *
   * @param limitMs how long running exchanges may take; what is left is then ended and settled
   */
  drain(limitMs: number): Promise<void>;
}

const SURFACES = Object.entries(SURFACE_PATHS) as [Surface, string][];

/**
 * The whole gateway: who calls, what was asked, credits, metering, cache, providers. Everything is checked here, before
 * the first request.
 *
 * @throws {TypeError | CatalogueError} naming the provider, model or field that cannot be used
 */
export function onerouter(options: OneRouterOptions): OneRouter {
  const { store, log = warningLog } = options;
  const running = new RunningExchanges();
  const metrics = createMetrics();
  const health = new EndpointHealthBook();
  const upstreams = new Upstreams();
  const offer = readCatalogue(options, options.dialects);
  let listed = new PassthroughTable(offer.providers);
  const catalogue = createCatalogue(offer);
  const keys = store.keys instanceof KeyCache ? store.keys : new KeyCache(store.keys);
  const people =
    options.people &&
    createPeople({
      options: options.people,
      store: peopleStore(store),
      keys,
      providers: () => providerHealth(catalogue, health),
      log,
    });
  const session = people?.session ?? options.session;
  const parts = chainParts(options, { catalogue, keys, session, health, upstreams, running, metrics, log });

  const { router: passed, upgrade } = passthrough({
    ...parts,
    ledger: store.ledger,
    table: () => listed,
  });

  const router = Router();
  const quoted = quote({ health, money: quoteMoney(store.ledger, options.billing?.maxReservedTokens) });
  for (const [surface, path] of SURFACES) {
    router.post(path, ...chain(surface, parts));
    router.post(`${path}/quote`, ...quoteChain(surface, parts), quoted);
  }
  router.use(passed);
  if (people) router.use(people.routes);
  const owner = whoCalls({ keys, log, session, kinds: ['api', 'management'] });
  router.get('/models/user', owner);
  router.use(modelRoutes({ catalogue, health, stats: health }));
  router.use(['/key', '/keys', '/credits', '/generation'], owner);
  router.use(
    accountRoutes({
      accounts: store.accounts,
      ledger: store.ledger,
      generations: store.generations,
      onKeyChange: (hash) => keys.invalidate(hash),
    }),
  );
  router.use(unknownRoute());
  router.use(errorResponder({ log }));

  const openapi = describeApi([
    completionPaths,
    modelPaths,
    accountPaths,
    ...(people?.paths ?? []),
    ...(options.openapi ?? []),
  ]);

  return Object.assign(router, {
    operations: operations({ store, running, metrics, openapi }),
    catalogue,
    health,
    running,
    upgrade,
    reload: (config: CatalogueConfig) => {
      const next = readCatalogue(config, options.dialects);
      const table = new PassthroughTable(next.providers);
      catalogue.replace(next);
      listed = table;
    },
    drain: async (limitMs: number) => {
      await Promise.all([people?.close(), running.drain(limitMs)]);
      await upstreams.close();
    },
  });
}
