import type { CatalogueOptions } from '@onerouter/models';
import { createProviders, type CreateProvidersOptions } from '@onerouter/providers';
import type { CatalogueConfig } from './options.ts';

/**
 * What the catalogue is made from.
 *
 * @throws {TypeError} naming the provider that cannot be used
 */
export function readCatalogue(
  config: CatalogueConfig,
  dialects: CreateProvidersOptions['dialects'],
): CatalogueOptions {
  const providers = createProviders(config.providers, dialects ? { dialects } : {});
  return { providers: [...providers.values()], models: config.models ?? [] };
}
