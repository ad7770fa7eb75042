import { exchangeSlot, type Exchange } from '@onerouter/core';
import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** What Prometheus is told. Labels are names from the configuration, never anything a client wrote. */
export interface Metrics {
  readonly registry: Registry;
  /** Mount it behind `openExchange()`. */
  readonly observe: RequestHandler;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const exchanges = new Counter({
    name: 'onerouter_exchanges_total',
    help: 'Settled exchanges, by surface, status and whether the cache answered.',
    labelNames: ['surface', 'status', 'cache'],
    registers,
  });
  const attempts = new Counter({
    name: 'onerouter_attempts_total',
    help: 'Upstream calls, by provider and how they ended.',
    labelNames: ['provider', 'result'],
    registers,
  });
  const tokens = new Counter({
    name: 'onerouter_tokens_total',
    help: 'Billed tokens, by provider and direction.',
    labelNames: ['provider', 'direction'],
    registers,
  });
  const cost = new Counter({
    name: 'onerouter_cost_nanodollars_total',
    help: 'Charged cost in nano-dollars. For dashboards; the ledger is exact.',
    registers,
  });
  const firstOutput = new Histogram({
    name: 'onerouter_time_to_first_output_seconds',
    help: 'From the arrival of a request to its first output.',
    labelNames: ['provider'],
    buckets: SECONDS,
    registers,
  });
  const inFlight = new Gauge({
    name: 'onerouter_exchanges_running',
    help: 'Exchanges that are not settled yet.',
    registers,
  });

  // Looking a label set up costs more than counting; there are few of them, all from the configuration.
  const exchangesOf = remember((surface: string, status: string, cache: string) =>
    exchanges.labels({ surface, status, cache }),
  );
  const attemptsOf = remember((provider: string, result: string) => attempts.labels({ provider, result }));
  const tokensOf = remember((provider: string, direction: string) => tokens.labels({ provider, direction }));
  const firstOutputOf = remember((provider: string) => firstOutput.labels({ provider }));

  const count = ({ record }: Exchange): void => {
    exchangesOf(record.surface, record.status, record.cacheHit ? 'hit' : 'miss').inc();
    for (const { provider, errorType } of record.attempts)
      attemptsOf(provider, errorType ?? 'answered').inc();
    if (record.latencyMs !== null) firstOutputOf(record.provider).observe(record.latencyMs / 1000);
    if (!record.usage) return;
    tokensOf(record.provider, 'prompt').inc(record.usage.promptTokens);
    tokensOf(record.provider, 'completion').inc(record.usage.completionTokens);
    cost.inc(Number(record.cost));
  };

  return {
    registry,
    observe: function observeMetrics(req, _res, next) {
      const exchange = exchangeSlot.get(req);
      inFlight.inc();
      exchange.onSettled(() => {
        inFlight.dec();
        count(exchange);
      });
      next();
    },
  };
}

/** Calls a function of names once for each combination. */
function remember<T>(make: (...names: string[]) => T): (...names: string[]) => T {
  const made = new Map<string, T>();
  return (...names) => {
    const key = names.join('\n');
    let one = made.get(key);
    if (one === undefined) {
      one = make(...names);
      made.set(key, one);
    }
    return one;
  };
}
