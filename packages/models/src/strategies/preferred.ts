import type { Candidate, Percentiles } from '@onerouter/core';
import type { Ask, Strategy } from '../resolve/ask.ts';
import type { Percentile } from '../resolve/health.ts';

/**
 * Moves endpoints behind the others that are known to miss `preferred_min_throughput` (tokens a second) or
 * `preferred_max_latency` (seconds), in any percentile named; a plain number is the median. Unknown figures miss nothing.
 */
export function preferredFirst(rest: Strategy): Strategy {
  return function preferredFirst(candidates, ask) {
    const ordered = rest(candidates, ask);
    const met = new Set(ordered.filter(meetsPreferences(ask)));
    return [...met, ...ordered.filter((one) => !met.has(one))];
  };
}

function meetsPreferences({ preferences, health }: Ask): (candidate: Candidate) => boolean {
  const least = cutoffs(preferences.preferred_min_throughput);
  const most = cutoffs(preferences.preferred_max_latency);
  return ({ endpoint: { id } }) =>
    least.every(([percentile, wanted]) => (health.throughput?.(id, percentile) ?? Infinity) >= wanted) &&
    most.every(([percentile, wantedS]) => (health.latencyMs?.(id, percentile) ?? 0) <= wantedS * 1000);
}

type Cutoff = readonly [Percentile, number];

const PERCENTILES: readonly Percentile[] = ['p50', 'p75', 'p90', 'p99'];

function cutoffs(wanted: number | Percentiles | null | undefined): readonly Cutoff[] {
  if (wanted === null || wanted === undefined) return [];
  if (typeof wanted === 'number') return [['p50', wanted]];
  return PERCENTILES.flatMap((percentile): readonly Cutoff[] => {
    const figure = wanted[percentile];
    return figure === null || figure === undefined ? [] : [[percentile, figure]];
  });
}
