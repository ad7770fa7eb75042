/**
 * What is known of how endpoints fare. Each part may be missing, and each answer unknown: an endpoint of which nothing
 * is known counts as healthy, and as slower than those with a figure.
 */
export interface HealthView {
  /** Whether it had no significant failures of late. @default true */
  healthy?(endpointId: string): boolean | undefined;
  /** Usual time to the first output, in milliseconds. */
  latencyMs?(endpointId: string): number | undefined;
  /** Usual output, in tokens a second. */
  throughput?(endpointId: string): number | undefined;
}

/** Everything is healthy, nothing is measured. */
export const NO_HEALTH_DATA: HealthView = {};
