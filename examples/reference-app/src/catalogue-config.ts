import type { CatalogueConfig } from '@onerouter/gateway';
import { PROVIDER_PRESETS, type ProviderConfig } from '@onerouter/providers';
import { ConfigError } from './config/config-error.ts';
import type { Environment } from './config/environment.ts';
import type { ConfigFile } from './config/schema.ts';

/** Known providers whose key is in the environment. */
export function providersWithKeys(env: Environment): Record<string, ProviderConfig> {
  const found: Record<string, ProviderConfig> = {};
  for (const [name, preset] of Object.entries(PROVIDER_PRESETS)) {
    const apiKey = env[preset.keyVariable];
    if (apiKey !== undefined && apiKey !== '') found[name] = { apiKey };
  }
  return found;
}

/** Whether there is no provider to go to, so that the demo has to stand in. */
export function wantsDemo(sections: ConfigFile, env: Environment): boolean {
  return (
    sections.providers === undefined &&
    sections.models === undefined &&
    Object.keys(providersWithKeys(env)).length === 0
  );
}

/**
 * What the configuration puts on offer: its providers and models, or where it has no providers, the known ones whose key
 * is in the environment.
 *
 * @throws {ConfigError} when a known provider is named without a key, and the environment has none either
 */
export function catalogueConfig(sections: ConfigFile, env: Environment): CatalogueConfig {
  const { models } = sections;
  const providers = sections.providers ? withKeys(sections.providers, env) : providersWithKeys(env);
  return { providers, ...(models === undefined ? {} : { models }) };
}

/** A known provider at its own address needs no `apiKey` in the file: the variable it is commonly kept in will do. */
function withKeys(
  providers: Readonly<Record<string, ProviderConfig>>,
  env: Environment,
): Readonly<Record<string, ProviderConfig>> {
  const problems: string[] = [];
  const filled = Object.entries(providers).map(([name, config]): [string, ProviderConfig] => {
    const preset = PROVIDER_PRESETS[name];
    const complete =
      config.apiKey !== undefined || config.apiKeys !== undefined || config.baseUrl !== undefined;
    if (preset === undefined || complete) return [name, config];
    const apiKey = env[preset.keyVariable];
    if (apiKey === undefined || apiKey === '') {
      problems.push(
        `providers.${name} has no apiKey, and the environment variable ${preset.keyVariable} is not set.`,
      );
    }
    return [name, { ...config, ...(apiKey ? { apiKey } : {}) }];
  });
  if (problems.length > 0) throw new ConfigError('The configuration', problems);
  return Object.fromEntries(filled);
}
