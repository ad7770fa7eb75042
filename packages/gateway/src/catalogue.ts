import { builtinModels, type CatalogueOptions } from '@onerouter/models';
import { createProviders, PROVIDER_PRESETS, type CreateProvidersOptions } from '@onerouter/providers';
import type { CatalogueConfig } from './options.ts';

/**
 * What the catalogue is made from: the models of the configuration, and the built-in ones of providers that are known by
 * name.
 *
 * @throws {TypeError} naming the provider that cannot be used
 */
export function readCatalogue(
  config: CatalogueConfig,
  dialects: CreateProvidersOptions['dialects'],
): CatalogueOptions {
  const providers = createProviders(config.providers, dialects ? { dialects } : {});
  const known = Object.keys(config.providers).some((name) => PROVIDER_PRESETS[name] !== undefined);
  const builtin = known && (config.builtin ?? true) ? builtinModels() : [];
  return { providers: [...providers.values()], models: config.models ?? [], builtin };
}
