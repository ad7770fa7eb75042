import type { Endpoint, Model } from '@onerouter/core';
import { priceOf } from '../strategies/price-of.ts';
import { writePricing } from './wire-pricing.ts';

/** `text+image->text`. */
export function writeModality(model: Model): string {
  return `${model.inputModalities.join('+')}->${model.outputModalities.join('+')}`;
}

/** `architecture` as models and endpoint pages have it. */
export function writeArchitecture(model: Model): Readonly<Record<string, unknown>> {
  return {
    modality: writeModality(model),
    input_modalities: model.inputModalities,
    output_modalities: model.outputModalities,
    tokenizer: 'Other',
    instruct_type: null,
  };
}

/** The parameters that at least one of the endpoints is known to understand. */
export function unionOfParameters(endpoints: readonly Endpoint[]): readonly string[] {
  return [...new Set(endpoints.flatMap((one) => one.supportedParameters ?? []))].toSorted();
}

/** The cheapest endpoint after discount; of equals the first. */
export function cheapest(endpoints: readonly Endpoint[]): Endpoint | undefined {
  let best: Endpoint | undefined;
  for (const one of endpoints) if (!best || priceOf(one) < priceOf(best)) best = one;
  return best;
}

/**
 * A model in OpenAI's shape with OpenRouter's fields.
 *
 * @param endpoints those that count for prices, limits and parameters
 */
export function writeModel(model: Model, endpoints: readonly Endpoint[]): Readonly<Record<string, unknown>> {
  const best = cheapest(endpoints);
  return {
    id: model.id,
    object: 'model',
    owned_by: model.id.slice(0, Math.max(0, model.id.indexOf('/'))),
    canonical_slug: model.id,
    name: model.name,
    created: model.created,
    description: model.description,
    context_length: model.contextLength,
    architecture: writeArchitecture(model),
    pricing: best ? writePricing(best) : { prompt: '0', completion: '0' },
    top_provider: {
      context_length: best?.contextLength ?? model.contextLength,
      max_completion_tokens: best?.maxCompletionTokens ?? model.maxCompletionTokens,
      is_moderated: false,
    },
    per_request_limits: null,
    supported_parameters: unionOfParameters(endpoints),
    default_parameters: null,
    supported_voices: null,
    hugging_face_id: null,
    knowledge_cutoff: model.knowledgeCutoff,
    expiration_date: null,
    aliases: model.aliases,
    links: { details: `/models/${model.id}/endpoints` },
  };
}
