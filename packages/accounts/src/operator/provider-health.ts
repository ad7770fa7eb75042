/** How an endpoint fares, as the gateway knows it. What is `undefined` has too few calls to tell. */
export interface EndpointHealthReport {
  /** Id of the model. */
  readonly model: string;
  /** What the provider calls it. */
  readonly upstreamModel: string;
  /** Whether calls go there as usual. */
  readonly healthy: boolean;
  readonly breaker: 'closed' | 'open' | 'half_open';
  /** Answered calls, in percent. */
  readonly uptime5m?: number | undefined;
  readonly uptime30m?: number | undefined;
  readonly uptime1d?: number | undefined;
  /** Time to the first output, half of the calls were faster. */
  readonly latencyMs?: number | undefined;
  /** Tokens a second, half of the calls reached more. */
  readonly throughput?: number | undefined;
}

/** A provider with its endpoints. */
export interface ProviderHealthReport {
  readonly provider: string;
  readonly endpoints: readonly EndpointHealthReport[];
}

/** A provider as `/operator/providers` shows it. */
export function writeProvider({ provider, endpoints }: ProviderHealthReport): Record<string, unknown> {
  return {
    provider,
    endpoints: endpoints.map((endpoint) => ({
      model: endpoint.model,
      upstream_model: endpoint.upstreamModel,
      status: endpoint.healthy ? 'healthy' : 'unhealthy',
      uptime_last_5m: endpoint.uptime5m ?? null,
      uptime_last_30m: endpoint.uptime30m ?? null,
      uptime_last_1d: endpoint.uptime1d ?? null,
      latency_p50: endpoint.latencyMs ?? null,
      throughput_p50: endpoint.throughput ?? null,
      breaker: endpoint.breaker,
    })),
  };
}
