import type { CatalogueConfig, OneRouterOptions, PeopleOptions, Store } from '@onerouter/gateway';
import type { Logger } from 'pino';
import type { ConfigFile } from './config/schema.ts';

/** The gateway's options, from the sections of the configuration. */
export function gatewayOptions(
  sections: ConfigFile,
  catalogue: CatalogueConfig,
  store: Store,
  people: PeopleOptions | undefined,
  log: Logger,
): OneRouterOptions {
  const { routing, billing, cache, limits } = sections;
  return {
    ...catalogue,
    store,
    routing,
    billing: { maxReservedTokens: billing.maxReservedTokens },
    cache,
    limits,
    people,
    log,
  };
}
