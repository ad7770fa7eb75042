import { formatUsd } from '@onerouter/core';
import { addUsage, NOTHING_USED, type DailyUsage, type DayRange, type UsageSums } from '@onerouter/metering';
import { eachDay } from './days.ts';
import type { KeyNames } from './key-names.ts';
import type { SeriesBy } from './queries.ts';

/** Series of one chart; what is beyond them is summed up. */
export const MAX_SERIES = 12;
/** Id of the series that all others are summed up in. */
export const OTHER = 'other';

/** Sums of what has something in common, by day. */
export interface Series {
  /** The model, provider or key; empty where nobody answered. */
  readonly id: string;
  readonly days: Map<string, UsageSums>;
  total: UsageSums;
}

/** Use by day as series, the dearest first: at most {@link MAX_SERIES}, the last of them for all that are not shown. */
export function rankSeries(usages: readonly DailyUsage[], by: SeriesBy): readonly Series[] {
  const all = new Map<string, Series>();
  for (const usage of usages) {
    const { model, provider, keyId } = usage;
    add(all, { model, provider, key: keyId }[by], usage);
  }
  const ranked = [...all.values()].toSorted(byWeight);
  if (ranked.length <= MAX_SERIES) return ranked;
  return [...ranked.slice(0, MAX_SERIES - 1), merged(ranked.slice(MAX_SERIES - 1))];
}

/** What a chart shows. A key that has no name any more has `null`. */
export function writeSeries(
  series: readonly Series[],
  range: DayRange,
  names: KeyNames | undefined,
): Readonly<Record<string, unknown>> {
  const days = eachDay(range);
  const totals = series.reduce<UsageSums>((sum, { total }) => addUsage(sum, total), NOTHING_USED);
  const nameOf = (id: string): string | null => {
    if (id === OTHER) return 'Other';
    return names ? (names.get(id) ?? null) : id;
  };
  return {
    days,
    series: series.map((one) => writeOne(one, days, nameOf(one.id))),
    totals: {
      requests: totals.requests,
      prompt_tokens: totals.promptTokens,
      completion_tokens: totals.completionTokens,
      reasoning_tokens: totals.reasoningTokens,
      cost_usd: formatUsd(totals.cost),
    },
  };
}

function add(all: Map<string, Series>, id: string, usage: DailyUsage): void {
  const series = all.get(id) ?? { id, days: new Map<string, UsageSums>(), total: NOTHING_USED };
  series.days.set(usage.day, addUsage(series.days.get(usage.day) ?? NOTHING_USED, usage));
  series.total = addUsage(series.total, usage);
  all.set(id, series);
}

function merged(rest: readonly Series[]): Series {
  const other: Series = { id: OTHER, days: new Map<string, UsageSums>(), total: NOTHING_USED };
  for (const { days, total } of rest) {
    other.total = addUsage(other.total, total);
    for (const [day, sums] of days) other.days.set(day, addUsage(other.days.get(day) ?? NOTHING_USED, sums));
  }
  return other;
}

function byWeight(a: Series, b: Series): number {
  if (a.total.cost !== b.total.cost) return a.total.cost > b.total.cost ? -1 : 1;
  return b.total.requests - a.total.requests || (a.id < b.id ? -1 : 1);
}

function writeOne({ id, days: used }: Series, days: readonly string[], name: string | null): object {
  const sums = days.map((day) => used.get(day) ?? NOTHING_USED);
  return {
    id,
    name,
    requests: sums.map(({ requests }) => requests),
    tokens: sums.map(({ promptTokens, completionTokens }) => promptTokens + completionTokens),
    cost_usd: sums.map(({ cost }) => formatUsd(cost)),
  };
}
