import type { Provider } from '@onerouter/core';
import type { Catalogue } from './catalogue.ts';
import { modelsConfig, type ModelConfig } from './config.ts';
import { CatalogueError, describeIssues } from './errors.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';

export interface CatalogueOptions {
  /** Providers that endpoints may name. */
  readonly providers: readonly Provider[];
  /** Models of the configuration. @default [] */
  readonly models?: readonly ModelConfig[] | undefined;
  /**
   * More models, such as {@link builtinModels}`()`: narrowed to the providers that are configured, and overridden by
   * `models` with the same id or alias. @default []
   */
  readonly builtin?: readonly ModelConfig[] | undefined;
}

/** A catalogue in memory. */
export interface MemoryCatalogue extends Catalogue {
  /**
   * Takes a new configuration in one step. Exchanges that run keep the endpoints they have.
   *
   * @throws {CatalogueError} when it cannot be used; the old one stays
   */
  replace(options: CatalogueOptions): void;
}

/**
 * Makes a catalogue from configuration.
 *
 * @throws {CatalogueError} naming every field that is unknown, missing or wrong, every unknown provider, every name that
 *   two models claim, and the first bad price
 */
export function createCatalogue(options: CatalogueOptions): MemoryCatalogue {
  let current = read(options);
  let version = 1;
  return {
    find: (name) => current.names.get(name) ?? current.names.get(name.toLowerCase()),
    list: () => current.models,
    providers: () => current.providers,
    get version() {
      return version;
    },
    replace(next) {
      current = read(next);
      version += 1;
    },
  };
}

function read(options: CatalogueOptions): Snapshot {
  const { providers, models = [], builtin = [] } = options;
  const checked = modelsConfig.safeParse(models);
  if (!checked.success) throw new CatalogueError(describeIssues(checked.error));
  return takeSnapshot(providers, checked.data, builtin);
}
