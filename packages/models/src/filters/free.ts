import type { Filter } from '../resolve/ask.ts';

/** Endpoints that were not declared free; what `:free` after a model's name asks for. */
export const freeFilter: Filter = {
  name: 'free',
  forAsk: () => (candidate) => candidate.endpoint.prices.free,
};
