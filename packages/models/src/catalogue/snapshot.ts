import type { Model, Provider } from '@onerouter/core';
import { buildModel } from './build-model.ts';
import type { ModelConfig } from './config.ts';
import { CatalogueError } from './errors.ts';

/** One version of a catalogue. */
export interface Snapshot {
  readonly models: readonly Model[];
  readonly providers: readonly Provider[];
  /** By every name, in lower case. */
  readonly names: ReadonlyMap<string, Model>;
}

/**
 * Builds every model and the index of names. Names are given out in this order, and the first to claim one has it: ids
 * and aliases of `own`, those of `builtin`, bare slugs of `own`, bare slugs of `builtin`.
 *
 * @throws {CatalogueError} on unknown providers, on names that two of `own` claim, and on the first bad price
 */
export function takeSnapshot(
  providers: readonly Provider[],
  own: readonly ModelConfig[],
  builtin: readonly ModelConfig[],
): Snapshot {
  const byName = new Map(providers.map((provider) => [provider.name, provider]));
  refuseUnknownProviders(own, byName);
  const names = new Map<string, Model>();
  const ownModels = own.map((config) => build(config, byName));
  claimOwnNames(ownModels, names);
  const ownIds = new Set(own.map((config) => config.id.toLowerCase()));
  const builtinModels: Model[] = [];
  for (const config of builtin) {
    if (ownIds.has(config.id.toLowerCase())) continue;
    if (!config.endpoints.some((endpoint) => byName.has(endpoint.provider))) continue;
    builtinModels.push(build(config, byName));
  }
  const all = [...ownModels, ...builtinModels];
  for (const model of builtinModels) claim(names, model.id, model);
  for (const model of builtinModels) for (const alias of model.aliases) claim(names, alias, model);
  for (const model of all) claim(names, model.id.slice(model.id.indexOf('/') + 1), model);
  return { models: Object.freeze(all), providers: Object.freeze([...providers]), names };
}

function build(config: ModelConfig, providers: ReadonlyMap<string, Provider>): Model {
  try {
    return buildModel(config, providers);
  } catch (err) {
    throw new CatalogueError([err instanceof Error ? err.message : String(err)]);
  }
}

function refuseUnknownProviders(own: readonly ModelConfig[], providers: ReadonlyMap<string, Provider>): void {
  const problems = own.flatMap((model, at) =>
    model.endpoints.flatMap((endpoint, nth) =>
      providers.has(endpoint.provider)
        ? []
        : [
            `models[${at}].endpoints[${nth}].provider: there is no provider ${JSON.stringify(endpoint.provider)}; ` +
              `configured are ${[...providers.keys()].join(', ') || 'none'}`,
          ],
    ),
  );
  if (problems.length > 0) throw new CatalogueError(problems);
}

function claimOwnNames(models: readonly Model[], names: Map<string, Model>): void {
  const problems: string[] = [];
  for (const model of models) {
    for (const name of [model.id, ...model.aliases]) {
      const holder = names.get(name.toLowerCase());
      if (holder && holder !== model)
        problems.push(`${name} is the name of both ${holder.id} and ${model.id}`);
      claim(names, name, model);
    }
  }
  if (problems.length > 0) throw new CatalogueError(problems);
}

function claim(names: Map<string, Model>, name: string, model: Model): void {
  const key = name.toLowerCase();
  if (!names.has(key)) names.set(key, model);
}
