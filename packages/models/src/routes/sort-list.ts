import type { HealthView } from '../resolve/health.ts';
import { priceOf } from '../strategies/price-of.ts';
import type { ListedModel } from './listing.ts';

type Figure = (listed: ListedModel, health: HealthView) => number | undefined;

/** What each `sort` compares, lowest first. */
const SORTS: ReadonlyMap<string, Figure> = new Map<string, Figure>([
  ['pricing-low-to-high', ({ cheapest }) => cheapest && priceOf(cheapest)],
  ['pricing-high-to-low', ({ cheapest }) => cheapest && -priceOf(cheapest)],
  ['context-high-to-low', ({ model }) => negative(model.contextLength ?? undefined)],
  ['newest', ({ model }) => -model.created],
  ['throughput-high-to-low', (one, health) => negative(best(one, (id) => health.throughput?.(id), Math.max))],
  ['latency-low-to-high', (one, health) => best(one, (id) => health.latencyMs?.(id), Math.min)],
]);

/** Sorts a list; models without the figure come last. A `sort` for which there is no data keeps the order. */
export function sortList(
  models: readonly ListedModel[],
  sort: string | undefined,
  health: HealthView,
): readonly ListedModel[] {
  const figure = sort === undefined ? undefined : SORTS.get(sort);
  if (!figure) return models;
  return models
    .map((listed) => ({ listed, figure: figure(listed, health) ?? Infinity }))
    .toSorted((a, b) => (a.figure === b.figure ? 0 : a.figure - b.figure))
    .map((one) => one.listed);
}

function best(
  { endpoints }: ListedModel,
  read: (id: string) => number | undefined,
  choose: (...values: number[]) => number,
): number | undefined {
  const known = endpoints.map((one) => read(one.id)).filter((value) => value !== undefined);
  return known.length === 0 ? undefined : choose(...known);
}

function negative(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}
