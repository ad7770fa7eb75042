import {
  parsePricing,
  type Endpoint,
  type Modality,
  type Model,
  type Pricing,
  type Provider,
} from '@onerouter/core';
import type { EndpointConfig, ModelConfig } from './config.ts';

/** When a configured model does not say when it appeared. */
export const DEFAULT_CREATED = 0;
export const DEFAULT_MODALITIES: readonly Modality[] = ['text'];

const FREE: Pricing = { prompt: '0', completion: '0' };

/**
 * Makes an immutable model from its configuration. Endpoint ids depend on names and their order alone, so that what is
 * known of an endpoint's health survives a reload.
 *
 * @param providers configured providers by name; endpoints of others must have been taken out or refused
 * @throws {RangeError} on a price that is missing, negative or zero without `free: true`, naming the endpoint
 */
export function buildModel(config: ModelConfig, providers: ReadonlyMap<string, Provider>): Model {
  const seen = new Map<string, number>();
  const endpoints: Endpoint[] = [];
  for (const one of config.endpoints) {
    const provider = providers.get(one.provider);
    if (!provider) continue;
    const nth = (seen.get(provider.name) ?? 0) + 1;
    seen.set(provider.name, nth);
    const id = `${provider.name}/${config.id}${nth === 1 ? '' : `#${nth}`}`;
    endpoints.push(buildEndpoint(id, config, one, provider));
  }
  return Object.freeze({
    id: config.id,
    name: config.name ?? config.id,
    description: config.description ?? '',
    aliases: Object.freeze([...(config.aliases ?? [])]),
    created: config.created ?? DEFAULT_CREATED,
    contextLength: config.contextLength ?? largest(endpoints.map((one) => one.contextLength)),
    maxCompletionTokens:
      config.maxCompletionTokens ?? largest(endpoints.map((one) => one.maxCompletionTokens)),
    inputModalities: Object.freeze([...(config.inputModalities ?? DEFAULT_MODALITIES)]),
    outputModalities: Object.freeze([...(config.outputModalities ?? DEFAULT_MODALITIES)]),
    knowledgeCutoff: config.knowledgeCutoff ?? null,
    endpoints: Object.freeze(endpoints),
  });
}

function buildEndpoint(id: string, model: ModelConfig, config: EndpointConfig, provider: Provider): Endpoint {
  const pricing = readPricing(config);
  return Object.freeze({
    id,
    modelId: model.id,
    modelName: model.name ?? model.id,
    provider,
    upstreamModel: config.model,
    pricing: Object.freeze(pricing),
    prices: Object.freeze(readPrices(id, pricing, config)),
    contextLength: config.contextLength ?? model.contextLength ?? null,
    maxCompletionTokens: config.maxCompletionTokens ?? model.maxCompletionTokens ?? null,
    inputModalities: Object.freeze([
      ...(config.inputModalities ?? model.inputModalities ?? DEFAULT_MODALITIES),
    ]),
    supportedParameters: config.supportedParameters ? Object.freeze([...config.supportedParameters]) : null,
    quantization: config.quantization ?? null,
  });
}

function readPricing(config: EndpointConfig): Pricing {
  if (!config.pricing) return config.free === true ? FREE : ({} as Pricing);
  // A key that is there without a value would be read as a price.
  return Object.fromEntries(
    Object.entries(config.pricing).filter(([, value]) => value !== undefined),
  ) as unknown as Pricing;
}

function readPrices(id: string, pricing: Pricing, config: EndpointConfig): Endpoint['prices'] {
  try {
    return parsePricing(pricing, { discount: config.discount, free: config.free });
  } catch (err) {
    throw new RangeError(`${id}: ${err instanceof Error ? err.message : String(err)}`, { cause: err });
  }
}

function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
