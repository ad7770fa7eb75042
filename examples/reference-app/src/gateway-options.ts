import type { CatalogueConfig, OneRouterOptions, Store } from '@onerouter/gateway';
import type { Logger } from 'pino';
import type { ConfigFile } from './config/schema.ts';

/** The gateway's options, from the sections of the configuration. */
export function gatewayOptions(
  sections: ConfigFile,
  catalogue: CatalogueConfig,
  store: Store,
  log: Logger,
): OneRouterOptions {
  const { routing, billing, cache, limits } = sections;
  if (billing.stripe) {
    log.warn({}, 'billing.stripe is understood, but this version takes no payments; nothing uses it.');
  }
  return {
    ...catalogue,
    store,
    routing,
    billing: { maxReservedTokens: billing.maxReservedTokens },
    cache,
    limits,
    log,
  };
}
