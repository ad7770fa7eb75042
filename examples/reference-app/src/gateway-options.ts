import type { CatalogueConfig, OneRouterOptions, PeopleOptions } from '@onerouter/gateway';
import { WINDOW_MS as RATES_WINDOW_MS } from '@onerouter/limits';
import type { Logger } from 'pino';
import type { ConfigFile } from './config/schema.ts';
import type { AppStore } from './store/app-store.ts';

/** The gateway's options, from the sections of the configuration. */
export function gatewayOptions(
  sections: ConfigFile,
  catalogue: CatalogueConfig,
  store: AppStore,
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
    limits: { ...limits, limiter: store.limiter(RATES_WINDOW_MS) },
    people,
    log,
  };
}
