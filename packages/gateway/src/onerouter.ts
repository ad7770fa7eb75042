import { accountPaths, accountRoutes } from '@onerouter/accounts';
import { KeyCache } from '@onerouter/auth';
import { reserveCredits } from '@onerouter/billing';
import { memoryCacheStore, promptCache } from '@onerouter/cache';
import {
  errorResponder,
  RunningExchanges,
  SURFACE_PATHS,
  unknownRoute,
  warningLog,
  type Surface,
} from '@onerouter/core';
import { idempotency } from '@onerouter/idempotency';
import { rateLimit } from '@onerouter/limits';
import { meter } from '@onerouter/metering';
import {
  createCatalogue,
  modelPaths,
  modelRoutes,
  quote,
  resolveModel,
  stickyRouting,
  type Catalogue,
} from '@onerouter/models';
import {
  EndpointHealthBook,
  fallbackProxy,
  PassthroughTable,
  Upstreams,
  type UpgradeHandler,
} from '@onerouter/proxy';
import { Router } from 'express';
import { readCatalogue } from './catalogue.ts';
import { chain, quoteChain, type ChainParts } from './chain.ts';
import { createMetrics } from './metrics.ts';
import { completionPaths } from './openapi/completion-paths.ts';
import { describeApi } from './openapi/describe-api.ts';
import { operations } from './operations.ts';
import type { CatalogueConfig, OneRouterOptions } from './options.ts';
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
  const { store, session, log = warningLog, routing = {}, cache = {}, limits = {}, billing = {} } = options;
  const running = new RunningExchanges();
  const metrics = createMetrics();
  const health = new EndpointHealthBook();
  const upstreams = new Upstreams();
  const offer = readCatalogue(options, options.dialects);
  let listed = new PassthroughTable(offer.providers);
  const catalogue = createCatalogue(offer);
  const keys = new KeyCache(store.keys);
  const parts: ChainParts = {
    running,
    metrics,
    log,
    maxBodyBytes: limits.maxBodyBytes,
    auth: whoCalls({ keys, log, session, kinds: ['api'] }),
    rates: rateLimit({
      log,
      limits: options.rates ?? limits,
      ...given({ limiter: limits.limiter, failOpen: limits.failOpen }),
    }),
    idempotency: idempotency({
      generations: store.generations,
      log,
      ...given({ store: store.idempotency }),
    }),
    resolve: resolveModel({
      catalogue,
      health,
      ...given({
        strategy: routing.strategy,
        sticky: routing.sticky === false ? undefined : stickyRouting(),
      }),
    }),
    reserve: reserveCredits({
      ledger: store.ledger,
      ...given({ maxReservedTokens: billing.maxReservedTokens }),
    }),
    meter: meter(),
    cache: promptCache({
      store: memoryCacheStore(given({ maxBytes: cache.maxBytes })),
      log,
      ...given({ ttlMs: cache.ttlMs }),
    }),
    proxy: fallbackProxy({
      upstreams,
      health,
      ...given({
        deadlineMs: routing.deadlineMs,
        maxAttempts: routing.maxAttempts,
        rounds: routing.rounds,
      }),
    }),
  };

  const { router: passed, upgrade } = passthrough({
    ...parts,
    ledger: store.ledger,
    table: () => listed,
  });

  const router = Router();
  const quoted = quote({ health, money: quoteMoney(store.ledger, billing.maxReservedTokens) });
  for (const [surface, path] of SURFACES) {
    router.post(path, ...chain(surface, parts));
    router.post(`${path}/quote`, ...quoteChain(surface, parts), quoted);
  }
  router.use(passed);
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

  const openapi = describeApi([completionPaths, modelPaths, accountPaths, ...(options.openapi ?? [])]);

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
      await running.drain(limitMs);
      await upstreams.close();
    },
  });
}

/** Leaves out what is undefined, so that each package's own default holds. */
function given<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
