import type { Activity, Series } from '../../api/activity.ts';
import { sumUsd } from '../../lib/amounts.ts';
import { usd } from '../../lib/decimal.ts';
import { count } from '../../lib/format.ts';
import { shortHash } from '../../lib/used-names.ts';
import type { Metric } from './query.ts';

/** So many colours can be told apart, also by people who see few of them. */
export const MAX_LINES = 6;
/** The API's name for the rest, and ours. */
const OTHER = 'other';

/** A figure for each day. */
export interface ChartLine {
  readonly id: string;
  readonly name: string;
  /** A colour of the stylesheet. */
  readonly color: string;
  /** Exact, as the API tells it. */
  readonly values: readonly string[];
  readonly total: string;
}

/** The largest series of a range, the others added up, largest first. */
export function chartLines(activity: Activity, metric: Metric): readonly ChartLine[] {
  const all = activity.series.map((series) => {
    const values = valuesOf(series, metric);
    return { id: series.id, name: nameOf(series), values, total: sumUsd(values) };
  });
  const named = all.filter(({ id }) => id !== OTHER).toSorted((a, b) => Number(b.total) - Number(a.total));
  const rest = [...named.slice(MAX_LINES), ...all.filter(({ id }) => id === OTHER)];
  const shown: readonly ChartLine[] = named
    .slice(0, MAX_LINES)
    .map((line, index) => ({ ...line, color: `var(--or-series-${index + 1})` }));
  if (rest.length === 0) return shown;
  const values = activity.days.map((_day, index) => sumUsd(rest.map((line) => line.values[index] ?? '0')));
  return [
    ...shown,
    { id: OTHER, name: 'Other', values, total: sumUsd(values), color: 'var(--or-series-other)' },
  ];
}

/** Sums of each day over all lines. */
export function dayTotals(lines: readonly ChartLine[], days: number): readonly string[] {
  return Array.from({ length: days }, (_unused, index) =>
    sumUsd(lines.map(({ values }) => values[index] ?? '0')),
  );
}

/** A figure as people read it. */
export function showFigure(value: string, metric: Metric): string {
  return metric === 'spend' ? usd(value) : count(Number(value));
}

function nameOf({ id, name }: Series): string {
  return name || (id === '' ? 'Not answered' : shortHash(id));
}

function valuesOf(series: Series, metric: Metric): readonly string[] {
  if (metric === 'spend') return series.cost_usd;
  return (metric === 'tokens' ? series.tokens : series.requests).map(String);
}
