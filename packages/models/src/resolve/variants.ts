import type { Model } from '@onerouter/core';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { freeFilter } from '../filters/free.ts';
import { byPrice } from '../strategies/price.ts';
import { byThroughput } from '../strategies/throughput.ts';
import type { Filter, Strategy } from './ask.ts';

/** What a suffix of a model's name asks for. */
export interface Variant {
  readonly strategy?: Strategy;
  readonly filter?: Filter;
}

/** `name:floor` is the cheapest, `name:nitro` the fastest, `name:free` what costs nothing. */
export const VARIANTS: ReadonlyMap<string, Variant> = new Map([
  ['floor', { strategy: byPrice }],
  ['nitro', { strategy: byThroughput }],
  ['free', { filter: freeFilter }],
]);

/** What one entry of `model` or `models` means. */
export interface Wish {
  readonly model: Model;
  readonly variant: Variant | undefined;
}

/** Reads a model's name. A model whose id ends like a variant goes before the variant. */
export function findWish(catalogue: Catalogue, name: string): Wish | undefined {
  const exact = lookUp(catalogue, name);
  if (exact) return { model: exact, variant: undefined };
  const colon = name.lastIndexOf(':');
  if (colon <= 0) return undefined;
  const variant = VARIANTS.get(name.slice(colon + 1).toLowerCase());
  const model = variant && lookUp(catalogue, name.slice(0, colon));
  return model ? { model, variant } : undefined;
}

/** `name@version` is also found where the catalogue writes it as one name, `name-version`. */
function lookUp(catalogue: Catalogue, name: string): Model | undefined {
  return catalogue.find(name) ?? (name.includes('@') ? catalogue.find(name.replace('@', '-')) : undefined);
}
