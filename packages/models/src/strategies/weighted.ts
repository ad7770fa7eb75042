import type { Strategy } from '../resolve/ask.ts';
import { healthyFirst } from './healthy-first.ts';
import { priceOf } from './price-of.ts';
import { sortBy } from './sort-by.ts';

/** Stands in for the price of what is free, so that free endpoints share the load among themselves. */
const LEAST_PRICE = 1e-6;

/**
 * The default: a random order in which an endpoint at half the price is four times as likely to come first. Healthy
 * endpoints come before the others.
 */
export const weighted: Strategy = function weighted(candidates, ask) {
  // Weighted sampling without replacement: the smallest of -ln(u)/w, with the weight w = 1/price² (Efraimidis, Spirakis).
  const drawn = sortBy(candidates, ({ endpoint }) => {
    const price = Math.max(priceOf(endpoint), LEAST_PRICE);
    return -Math.log(1 - ask.random()) * price * price;
  });
  return healthyFirst(drawn, ask);
};
