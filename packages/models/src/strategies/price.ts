import type { Strategy } from '../resolve/ask.ts';
import { healthyFirst } from './healthy-first.ts';
import { priceOf } from './price-of.ts';
import { sortBy } from './sort-by.ts';

/** Cheapest first, after discount: `sort: "price"` and `:floor`. */
export const byPrice: Strategy = function byPrice(candidates, ask) {
  return healthyFirst(
    sortBy(candidates, ({ endpoint }) => priceOf(endpoint)),
    ask,
  );
};
