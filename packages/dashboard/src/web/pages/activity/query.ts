import type { ActivityBy, ActivityFilters } from '../../api/activity.ts';
import { daysBefore, daysIn, isDay } from '../../lib/days.ts';

export const RANGES = [7, 30, 90] as const;
export const METRICS = ['spend', 'tokens', 'requests'] as const;
const BYS = ['model', 'provider', 'key'] as const;
/** The longest range that the API sums up. */
export const MAX_DAYS = 366;

export type Range = (typeof RANGES)[number];
export type Metric = (typeof METRICS)[number];

/** What the page shows; its address holds all of it. */
export interface ActivityView {
  readonly range: Range | 'custom';
  readonly filters: ActivityFilters;
  readonly by: ActivityBy;
  readonly metric: Metric;
}

const DEFAULT_RANGE: Range = 30;

/** @param today the running day in UTC */
export function readView(search: URLSearchParams, today: string): ActivityView {
  const range = RANGES.find((days) => String(days) === search.get('range')) ?? DEFAULT_RANGE;
  const custom = customRange(search.get('from'), search.get('to'));
  return {
    range: custom ? 'custom' : range,
    filters: {
      ...(custom ?? { from: daysBefore(today, range - 1), to: today }),
      model: filled(search.get('model')),
      provider: filled(search.get('provider')),
      key: filled(search.get('key')),
    },
    by: BYS.find((by) => by === search.get('by')) ?? 'model',
    metric: METRICS.find((metric) => metric === search.get('show')) ?? 'spend',
  };
}

/** The query for an address; what is as by default is left out. */
export function writeView({ range, filters, by, metric }: ActivityView): URLSearchParams {
  const search = new URLSearchParams();
  const { from, to, model, provider, key } = filters;
  if (range === 'custom') {
    search.set('from', from);
    search.set('to', to);
  } else if (range !== DEFAULT_RANGE) search.set('range', String(range));
  if (by !== 'model') search.set('by', by);
  if (metric !== 'spend') search.set('show', metric);
  for (const [name, value] of Object.entries({ model, provider, key })) {
    if (value !== undefined) search.set(name, value);
  }
  return search;
}

/** Whether anything but the days is left out. */
export function isFiltered({ model, provider, key }: ActivityFilters): boolean {
  return model !== undefined || provider !== undefined || key !== undefined;
}

function customRange(from: string | null, to: string | null): { from: string; to: string } | undefined {
  if (!isDay(from) || !isDay(to) || from > to || daysIn(from, to) > MAX_DAYS) return undefined;
  return { from, to };
}

function filled(text: string | null): string | undefined {
  return text === null || text === '' ? undefined : text;
}
