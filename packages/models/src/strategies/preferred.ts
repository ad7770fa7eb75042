import type { Candidate, Percentiles } from '@onerouter/core';
import type { Ask, Strategy } from '../resolve/ask.ts';

/**
 * Moves endpoints behind the others that are known to miss `preferred_min_throughput` (tokens a second) or
 * `preferred_max_latency` (seconds). Unknown figures miss nothing. Of percentiles, the lowest named is compared with the
 * usual figure.
 */
export function preferredFirst(rest: Strategy): Strategy {
  return function preferredFirst(candidates, ask) {
    const meets = meetsPreferences(ask);
    const ordered = rest(candidates, ask);
    return [...ordered.filter(meets), ...ordered.filter((one) => !meets(one))];
  };
}

function meetsPreferences({ preferences, health }: Ask): (candidate: Candidate) => boolean {
  const least = figure(preferences.preferred_min_throughput);
  const mostSeconds = figure(preferences.preferred_max_latency);
  return ({ endpoint: { id } }) => {
    const throughput = least === undefined ? undefined : health.throughput?.(id);
    if (least !== undefined && throughput !== undefined && throughput < least) return false;
    const latencyMs = mostSeconds === undefined ? undefined : health.latencyMs?.(id);
    return mostSeconds === undefined || latencyMs === undefined || latencyMs <= mostSeconds * 1000;
  };
}

function figure(wanted: number | Percentiles | null | undefined): number | undefined {
  if (typeof wanted === 'number') return wanted;
  return wanted?.p50 ?? wanted?.p75 ?? wanted?.p90 ?? wanted?.p99 ?? undefined;
}
