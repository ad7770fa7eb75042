/** The spread of a figure over the last half hour. `p90` is what nine of ten requests meet. */
export interface PercentileFigures {
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p99: number;
}

/** How an endpoint has fared. Each part is `undefined` where there is too little to tell. */
export interface EndpointStats {
  /** Time to the first output, in milliseconds. */
  readonly latencyMs?: PercentileFigures | undefined;
  /** Tokens a second. */
  readonly throughput?: PercentileFigures | undefined;
  /** Answered calls of all that were answered or failed, in percent; rate-limited ones do not count. */
  readonly uptime5m?: number | undefined;
  readonly uptime30m?: number | undefined;
  readonly uptime1d?: number | undefined;
}

/** Where the endpoint page gets its figures. */
export interface StatsView {
  endpoint(endpointId: string): EndpointStats | undefined;
}

/** Nothing has been measured. */
export const NO_STATS: StatsView = { endpoint: () => undefined };
