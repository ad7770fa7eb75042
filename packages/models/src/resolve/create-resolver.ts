import type { Candidate, Exclusion, Model, Route } from '@onerouter/core';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { DEFAULT_FILTERS } from '../filters/index.ts';
import { chooseStrategy } from '../strategies/choose.ts';
import { weighted } from '../strategies/weighted.ts';
import type { Ask, Filter, Strategy } from './ask.ts';
import { missingModel, nothingLeft, unknownModel } from './errors.ts';
import { nearNames } from './near-names.ts';
import { findWish, type Wish } from './variants.ts';

export interface ResolverOptions {
  readonly catalogue: Catalogue;
  /** Orders candidates when the request does not say how. @default weighted */
  readonly strategy?: Strategy | undefined;
  /** Rules that remove endpoints. @default DEFAULT_FILTERS */
  readonly filters?: readonly Filter[] | undefined;
}

/**
 * Makes the function that turns a request into a route.
 *
 * The function raises a {@link GatewayError}: `invalid_request` 400 without a model, `not_found` 404 for unknown models
 * and when rules left nothing, `context_length_exceeded` 400, `unavailable` 503 when only transient rules did.
 */
export function createResolver(options: ResolverOptions): (ask: Ask) => Route {
  const { catalogue, strategy: otherwise = weighted, filters = DEFAULT_FILTERS } = options;
  const transient = new Set(filters.filter((one) => one.transient === true).map((one) => one.name));
  const suggest = nearNames(catalogue);
  return function resolve(ask) {
    const asked = ask.facts.models;
    const requested = asked[0];
    if (requested === undefined) throw missingModel();
    const wishes = findWishes(catalogue, asked);
    if (wishes.length === 0) throw unknownModel(asked, suggest(requested));
    const rules = rulesFor(filters, ask);
    const excluded: Exclusion[] = [];
    const groups: Group[] = [];
    for (const wish of wishes) groups.push({ wish, candidates: keep(wish, rules, ask, excluded) });
    const candidates = arrange(groups, ask, otherwise);
    if (candidates.length === 0) throw nothingLeft(asked, excluded, transient);
    return { requested, candidates, excluded };
  };
}

interface Group {
  readonly wish: Wish;
  readonly candidates: readonly Candidate[];
}

interface Rule {
  readonly name: string;
  readonly keeps: (candidate: Candidate) => boolean;
}

/** The models asked for that are known, each once. */
function findWishes(catalogue: Catalogue, asked: readonly string[]): readonly Wish[] {
  const wishes: Wish[] = [];
  for (const name of asked) {
    const wish = findWish(catalogue, name);
    if (!wish) continue;
    if (!wishes.some((one) => one.model === wish.model && one.variant === wish.variant)) wishes.push(wish);
  }
  return wishes;
}

function rulesFor(filters: readonly Filter[], ask: Ask): readonly Rule[] {
  const rules: Rule[] = [];
  for (const filter of filters) {
    const keeps = filter.forAsk(ask);
    if (keeps) rules.push({ name: filter.name, keeps });
  }
  return rules;
}

function keep(wish: Wish, rules: readonly Rule[], ask: Ask, excluded: Exclusion[]): readonly Candidate[] {
  const all = candidatesOf(wish.model);
  const extra = wish.variant?.filter;
  const keeps = extra?.forAsk(ask);
  const applied = extra && keeps ? [...rules, { name: extra.name, keeps }] : rules;
  let kept: Candidate[] | undefined;
  for (const [at, candidate] of all.entries()) {
    const broken = applied.find((rule) => !rule.keeps(candidate));
    if (!broken) {
      kept?.push(candidate);
      continue;
    }
    kept ??= all.slice(0, at);
    const { provider, modelId } = candidate.endpoint;
    excluded.push({ provider: provider.name, model: modelId, filter: broken.name });
  }
  return kept ?? all;
}

const known = new WeakMap<Model, readonly Candidate[]>();

/** The endpoints of a model as candidates, made once for each model. */
function candidatesOf(model: Model): readonly Candidate[] {
  let candidates = known.get(model);
  if (!candidates) {
    candidates = Object.freeze(model.endpoints.map((endpoint) => Object.freeze({ model, endpoint })));
    known.set(model, candidates);
  }
  return candidates;
}

/** Orders within each model, in the order of the models; across all of them with `sort.partition: "none"`. */
function arrange(groups: readonly Group[], ask: Ask, otherwise: Strategy): readonly Candidate[] {
  const { sort, allow_fallbacks, order } = ask.preferences;
  const first = groups[0];
  if (groups.length > 1 && typeof sort === 'object' && sort?.partition === 'none') {
    const all = groups.flatMap((group) => group.candidates);
    return chooseStrategy(ask, undefined, otherwise)(all, ask);
  }
  // Without an order to keep to, no fallbacks means: the one that comes first, and no other.
  const onlyFirst = allow_fallbacks === false && (!order || order.length === 0);
  const arranged = (group: Group): readonly Candidate[] => {
    if (group.candidates.length < 2) return group.candidates;
    const strategy = chooseStrategy(ask, group.wish.variant?.strategy, otherwise);
    const ordered = strategy(group.candidates, ask);
    return onlyFirst ? ordered.slice(0, 1) : ordered;
  };
  return groups.length === 1 && first ? arranged(first) : groups.flatMap(arranged);
}
