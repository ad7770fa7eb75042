import type { Generation } from '@onerouter/core';
import type { DailyUsage, DayTotals, UsageName, UsageQuery, UsageSums } from './usage-rollups.ts';

type Used = Pick<Generation, 'createdAt' | 'model' | 'provider' | 'keyId' | 'usage' | 'cost'>;

/** The day (UTC) that a time belongs to, as `2026-09-23`. */
export function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

/** What one generation adds to its day. */
export function usageOf({ createdAt, model, provider, keyId, usage, cost }: Used): DailyUsage {
  return {
    day: dayOf(createdAt),
    model,
    provider,
    keyId,
    requests: 1,
    promptTokens: usage?.promptTokens ?? 0,
    completionTokens: usage?.completionTokens ?? 0,
    reasoningTokens: usage?.reasoningTokens ?? 0,
    cost,
  };
}

/** Whether a day's use is within a question. */
export function asksFor(query: UsageQuery, { day, model, provider, keyId }: DailyUsage): boolean {
  return (
    day >= query.from &&
    day <= query.to &&
    (query.model ?? model) === model &&
    (query.provider ?? provider) === provider &&
    (query.keyId ?? keyId) === keyId
  );
}

/**
 * Adds up use of the same day, model, provider and key. In order of days.
 *
 * @param by as in {@link UsageQuery}
 */
export function sumDaily(
  rows: Iterable<DailyUsage>,
  by: UsageQuery['by'] = USAGE_NAMES,
): readonly DailyUsage[] {
  const told = Array.from(rows, (row) => ({
    ...row,
    model: by.includes('model') ? row.model : '',
    provider: by.includes('provider') ? row.provider : '',
    keyId: by.includes('keyId') ? row.keyId : '',
  }));
  return summed(told, ({ day, model, provider, keyId }) => JSON.stringify([day, model, provider, keyId]));
}

export const USAGE_NAMES: readonly UsageName[] = ['model', 'provider', 'keyId'];

/** Adds up use of the same day. In order of days. */
export function sumDays(rows: Iterable<DayTotals>): readonly DayTotals[] {
  return summed(rows, ({ day }) => day).map(({ day, ...row }) => ({ day, ...addUsage(NOTHING_USED, row) }));
}

export const NOTHING_USED: UsageSums = {
  requests: 0,
  promptTokens: 0,
  completionTokens: 0,
  reasoningTokens: 0,
  cost: 0n,
};

/** The sum of two, without whatever else they have. */
export function addUsage(one: UsageSums, other: UsageSums): UsageSums {
  return {
    requests: one.requests + other.requests,
    promptTokens: one.promptTokens + other.promptTokens,
    completionTokens: one.completionTokens + other.completionTokens,
    reasoningTokens: one.reasoningTokens + other.reasoningTokens,
    cost: one.cost + other.cost,
  };
}

function summed<T extends DayTotals>(rows: Iterable<T>, nameOf: (row: T) => string): readonly T[] {
  const sums = new Map<string, T>();
  for (const row of rows) {
    const name = nameOf(row);
    const known = sums.get(name);
    sums.set(name, known ? { ...known, ...addUsage(known, row) } : row);
  }
  return [...sums.values()].toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
}
