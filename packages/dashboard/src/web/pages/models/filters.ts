import type { Model } from '../../api/models.ts';

export const VIEWS = ['table', 'cards'] as const;
export type View = (typeof VIEWS)[number];

export const SORTS = ['price', 'context', 'newest', 'latency', 'name'] as const;
export type Sort = (typeof SORTS)[number];

/** What the visitor looks for; the address of the page holds all of it. */
export interface Filters {
  readonly text: string;
  /** Slug of a provider; empty for any. */
  readonly provider: string;
  /** Every one of them must be taken as input. */
  readonly inputs: readonly string[];
  /** In tokens; 0 for any. */
  readonly minContext: number;
  /** USD for a million prompt tokens; `undefined` for any. Only compared, never charged. */
  readonly maxPrice: number | undefined;
  readonly sort: Sort;
  /** `undefined` leaves it to the width of the window. */
  readonly view: View | undefined;
}

export const DEFAULT_SORT: Sort = 'newest';

export function readFilters(search: URLSearchParams): Filters {
  const sort = SORTS.find((one) => one === search.get('sort')) ?? DEFAULT_SORT;
  return {
    text: search.get('q') ?? '',
    provider: search.get('provider') ?? '',
    inputs: (search.get('input') ?? '').split(',').filter((one) => one !== ''),
    minContext: positive(search.get('context')) ?? 0,
    maxPrice: positive(search.get('max_price')),
    sort,
    view: VIEWS.find((one) => one === search.get('view')),
  };
}

/** The query for an address; what is as by default is left out. */
export function writeFilters(filters: Filters): URLSearchParams {
  const search = new URLSearchParams();
  if (filters.text !== '') search.set('q', filters.text);
  if (filters.provider !== '') search.set('provider', filters.provider);
  if (filters.inputs.length > 0) search.set('input', filters.inputs.join(','));
  if (filters.minContext > 0) search.set('context', String(filters.minContext));
  if (filters.maxPrice !== undefined) search.set('max_price', String(filters.maxPrice));
  if (filters.sort !== DEFAULT_SORT) search.set('sort', filters.sort);
  if (filters.view !== undefined) search.set('view', filters.view);
  return search;
}

/** Whether anything is left out of the list. */
export function isNarrowed({ text, provider, inputs, minContext, maxPrice }: Filters): boolean {
  return text !== '' || provider !== '' || inputs.length > 0 || minContext > 0 || maxPrice !== undefined;
}

/** The models to show, in order. By provider and by latency the server has narrowed and sorted already. */
export function applyFilters(models: readonly Model[], filters: Filters): readonly Model[] {
  const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean);
  const { inputs, minContext, maxPrice } = filters;
  const kept = models.filter(
    (model) =>
      words.every((word) => searchText(model).includes(word)) &&
      inputs.every((input) => model.architecture.input_modalities.includes(input)) &&
      (model.context_length ?? 0) >= minContext &&
      (maxPrice === undefined || Number(model.pricing.prompt) * 1_000_000 <= maxPrice * (1 + 1e-9)),
  );
  const order = ORDERS[filters.sort];
  return order ? kept.toSorted(order) : kept;
}

type Order = (a: Model, b: Model) => number;

const ORDERS: Readonly<Record<Sort, Order | undefined>> = {
  price: (a, b) => Number(a.pricing.prompt) - Number(b.pricing.prompt) || byCompletion(a, b),
  context: (a, b) => (b.context_length ?? 0) - (a.context_length ?? 0),
  newest: (a, b) => b.created - a.created,
  name: (a, b) => a.name.localeCompare(b.name),
  latency: undefined,
};

function byCompletion(a: Model, b: Model): number {
  return Number(a.pricing.completion) - Number(b.pricing.completion);
}

function searchText({ id, name, aliases = [] }: Model): string {
  return `${id} ${name} ${aliases.join(' ')}`.toLowerCase();
}

function positive(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
