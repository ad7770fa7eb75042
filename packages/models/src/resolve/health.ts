import type { Percentiles } from '@onerouter/core';

/** `p90` is what nine of ten requests meet: at most that latency, at least that throughput. */
export type Percentile = keyof Percentiles;

/**
 * What is known of how endpoints fare. Each part may be missing, and each answer unknown: an endpoint of which nothing
 * is known counts as healthy, and as slower than those with a figure.
 */
export interface HealthView {
  /** Whether it had no significant failures of late. @default true */
  healthy?(endpointId: string): boolean | undefined;
  /**
   * How long it should be left alone, in milliseconds: it failed too often, or asked for it. Such endpoints come last, the
   * soonest first. @default 0
   */
  shutForMs?(endpointId: string): number | undefined;
  /** Time to the first output over the last minutes, in milliseconds. @param percentile `p50` by default */
  latencyMs?(endpointId: string, percentile?: Percentile): number | undefined;
  /** Output over the last minutes, in tokens a second. @param percentile `p50` by default */
  throughput?(endpointId: string, percentile?: Percentile): number | undefined;
}

/** Everything is healthy, nothing is measured. */
export const NO_HEALTH_DATA: HealthView = {};
