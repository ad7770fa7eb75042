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

  const count = ({ record }: Exchange): void => {
    exchanges.inc({
      surface: record.surface,
      status: record.status,
      cache: record.cacheHit ? 'hit' : 'miss',
    });
    for (const { provider, errorType } of record.attempts)
      attempts.inc({ provider, result: errorType ?? 'answered' });
    if (record.latencyMs !== null)
      firstOutput.observe({ provider: record.provider }, record.latencyMs / 1000);
    if (!record.usage) return;
    tokens.inc({ provider: record.provider, direction: 'prompt' }, record.usage.promptTokens);
    tokens.inc({ provider: record.provider, direction: 'completion' }, record.usage.completionTokens);
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
