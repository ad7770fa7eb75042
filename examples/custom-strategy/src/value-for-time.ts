import type { Candidate } from '@onerouter/core';
import { healthyFirst, priceOf, type Strategy } from '@onerouter/models';

/** Quick enough for a new endpoint to be tried. */
export const UNMEASURED_MS = 500;

export interface ValueForTimeOptions {
  /** The latency assumed of an endpoint that nobody has measured yet. @default 500 */
  readonly unmeasuredMs?: number;
  /** The hour of the day, 0 to 23. @default the local clock's */
  readonly hour?: () => number;
  /** Hours in which nobody waits for answers, and only the price counts. @default 22:00 to 06:00 */
  readonly isNight?: (hour: number) => boolean;
}

/**
 * By day the endpoint with the lowest price × latency comes first: twice the price is fine where the answer comes in less
 * than half the time. By night the cheapest. Endpoints in trouble come last at any time.
 */
export function valueForTime(options: ValueForTimeOptions = {}): Strategy {
  const { unmeasuredMs = UNMEASURED_MS, hour = localHour, isNight = from22To6 } = options;
  return function valueForTime(candidates, ask) {
    const night = isNight(hour());
    const score = ({ endpoint }: Candidate): number =>
      priceOf(endpoint) * (night ? 1 : (ask.health.latencyMs?.(endpoint.id) ?? unmeasuredMs));
    const ordered = candidates.toSorted((a, b) => score(a) - score(b));
    return healthyFirst(ordered, ask);
  };
}

function localHour(): number {
  return new Date().getHours();
}

function from22To6(hour: number): boolean {
  return hour >= 22 || hour < 6;
}
