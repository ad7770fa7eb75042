import type { ProviderHealthReport } from '@onerouter/accounts';
import type { Catalogue } from '@onerouter/models';
import type { EndpointHealthBook } from '@onerouter/proxy';

type EndpointReport = ProviderHealthReport['endpoints'][number];

/** How every endpoint on offer fares, as this process has seen it, by provider. */
export function providerHealth(
  catalogue: Catalogue,
  health: EndpointHealthBook,
): readonly ProviderHealthReport[] {
  const byProvider = new Map<string, EndpointReport[]>();
  for (const { name } of catalogue.providers()) byProvider.set(name, []);
  for (const model of catalogue.list()) {
    for (const { id, provider, upstreamModel } of model.endpoints) {
      const figures = health.endpoint(id);
      byProvider.get(provider.name)?.push({
        model: model.id,
        upstreamModel,
        healthy: health.healthy(id),
        breaker: health.breaker(id),
        uptime5m: figures?.uptime5m,
        uptime30m: figures?.uptime30m,
        uptime1d: figures?.uptime1d,
        latencyMs: figures?.latencyMs?.p50,
        throughput: figures?.throughput?.p50,
      });
    }
  }
  return [...byProvider].map(([provider, endpoints]) => ({ provider, endpoints }));
}
