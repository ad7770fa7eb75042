import type { Strategy } from '../resolve/ask.ts';
import { healthyFirst } from './healthy-first.ts';
import { sortBy } from './sort-by.ts';

/** Soonest first output first: `sort: "latency"`. Endpoints without data keep the configured order. */
export const byLatency: Strategy = function byLatency(candidates, ask) {
  return healthyFirst(
    sortBy(candidates, ({ endpoint }) => ask.health.latencyMs?.(endpoint.id)),
    ask,
  );
};
