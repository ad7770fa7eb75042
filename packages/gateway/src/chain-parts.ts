import { callerSecret, type KeyCache } from '@onerouter/auth';
import { reserveCredits } from '@onerouter/billing';
import { memoryCacheStore, promptCache } from '@onerouter/cache';
import type { Log, RunningExchanges } from '@onerouter/core';
import { idempotency } from '@onerouter/idempotency';
import { rateLimit } from '@onerouter/limits';
import { meter } from '@onerouter/metering';
import { resolveModel, stickyRouting, type Catalogue } from '@onerouter/models';
import { fallbackProxy, type EndpointHealthBook, type Upstreams } from '@onerouter/proxy';
import type { RequestHandler } from 'express';
import type { ChainParts } from './chain.ts';
import type { Metrics } from './metrics.ts';
import type { OneRouterOptions } from './options.ts';
import { whoCalls } from './who-calls.ts';

/** What the middlewares of a chain share. */
export interface SharedParts {
  readonly catalogue: Catalogue;
  readonly keys: KeyCache;
  readonly session: RequestHandler | undefined;
  readonly health: EndpointHealthBook;
  readonly upstreams: Upstreams;
  readonly running: RunningExchanges;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** The middlewares of the chain, each with its part of the options. */
export function chainParts(options: OneRouterOptions, shared: SharedParts): ChainParts {
  const { store, routing = {}, cache = {}, limits = {}, billing = {} } = options;
  const { catalogue, keys, session, health, upstreams, running, metrics, log } = shared;
  return {
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
      secret: callerSecret,
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
}

/** Leaves out what is undefined, so that each package's own default holds. */
function given<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
