import type { Provider, Route } from '@onerouter/core';
import { createCatalogue } from '../catalogue/create-catalogue.ts';
import type { EndpointConfig, ModelConfig } from '../catalogue/config.ts';
import type { Ask, Filter } from '../resolve/ask.ts';
import { createResolver } from '../resolve/create-resolver.ts';
import { fakeProvider } from './fixtures.ts';

const pricing = { prompt: '0.000001', completion: '0.000002' };

/** A model at `a` and `b` that differ in one thing, and what a request leaves of it. */
export function routeOfTwo(
  ask: Ask,
  endpoints: { a?: Partial<EndpointConfig>; b?: Partial<EndpointConfig> } = {},
  parts: { a?: Partial<Provider>; b?: Partial<Provider>; model?: Partial<ModelConfig> } = {},
  filters?: readonly Filter[],
): Route {
  const catalogue = createCatalogue({
    providers: [fakeProvider('A', parts.a), fakeProvider('B', parts.b)],
    models: [
      {
        id: 'acme/writer-1',
        ...parts.model,
        endpoints: [
          { provider: 'A', model: 'a', pricing, ...endpoints.a },
          { provider: 'B', model: 'b', pricing, ...endpoints.b },
        ],
      },
    ],
  });
  return createResolver({ catalogue, filters, strategy: (candidates) => candidates })(ask);
}
