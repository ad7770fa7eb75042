import { openExchange, readBody, type Log, type RunningExchanges, type Surface } from '@onerouter/core';
import type { RequestHandler } from 'express';
import type { Metrics } from './metrics.ts';

/** The middlewares that do not depend on the surface, in the order they are mounted. */
export interface ChainParts {
  readonly running: RunningExchanges;
  readonly metrics: Metrics;
  readonly auth: RequestHandler;
  readonly rates: RequestHandler;
  readonly idempotency: RequestHandler;
  readonly resolve: RequestHandler;
  readonly reserve: RequestHandler;
  readonly meter: RequestHandler;
  readonly cache: RequestHandler;
  readonly proxy: RequestHandler;
  readonly maxBodyBytes: number | undefined;
  readonly log: Log;
}

/** The whole way of one completion. What is mounted later settles earlier: cache, meter, then the ledger. */
export function chain(surface: Surface, parts: ChainParts): RequestHandler[] {
  const { running, log } = parts;
  return [
    openExchange({ surface, running, log }),
    parts.metrics.observe,
    parts.auth,
    read(surface, parts),
    parts.rates,
    parts.idempotency,
    parts.resolve,
    parts.reserve,
    parts.meter,
    parts.cache,
    parts.proxy,
  ];
}

/** The checks of a completion, of which nothing comes: there is no exchange. */
export function quoteChain(surface: Surface, parts: ChainParts): RequestHandler[] {
  return [parts.auth, read(surface, parts), parts.resolve];
}

function read(surface: Surface, { maxBodyBytes }: ChainParts): RequestHandler {
  return readBody({ surface, ...(maxBodyBytes === undefined ? {} : { maxBytes: maxBodyBytes }) });
}
