import type { SortKey } from '@onerouter/core';
import type { Ask, Strategy } from '../resolve/ask.ts';
import { byLatency } from './latency.ts';
import { listedFirst } from './listed.ts';
import { preferredFirst } from './preferred.ts';
import { byPrice } from './price.ts';
import { stickyFirst } from './sticky.ts';
import { byThroughput } from './throughput.ts';

/** What each `provider.sort` stands for. */
export const SORT_STRATEGIES: Readonly<Record<SortKey, Strategy>> = {
  price: byPrice,
  throughput: byThroughput,
  latency: byLatency,
};

/**
 * The strategy of a request: `provider.sort`, else what the variant of the model stands for, else the default, where
 * conversations stick to their endpoint; with `preferred_*` and `provider.order` on top.
 */
export function chooseStrategy(ask: Ask, variant: Strategy | undefined, otherwise: Strategy): Strategy {
  const { sort, order, preferred_min_throughput, preferred_max_latency } = ask.preferences;
  const key = typeof sort === 'object' ? sort?.by : sort;
  let strategy = key ? SORT_STRATEGIES[key] : (variant ?? stickyFirst(otherwise));
  if ((preferred_min_throughput ?? preferred_max_latency ?? null) !== null)
    strategy = preferredFirst(strategy);
  if (order && order.length > 0) strategy = listedFirst(strategy);
  return strategy;
}
