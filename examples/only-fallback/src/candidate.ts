import { parsePricing, type Candidate, type Model, type Provider } from '@onerouter/core';

/** A candidate where nothing is charged, so that only the provider and its name for the model matter. */
export function candidate(provider: Provider, upstreamModel: string): Candidate {
  const pricing = { prompt: '0', completion: '0' };
  const id = `${provider.name}/${upstreamModel}`;
  const model: Omit<Model, 'endpoints'> = {
    id,
    name: upstreamModel,
    description: '',
    aliases: [],
    created: 0,
    contextLength: null,
    maxCompletionTokens: null,
    inputModalities: ['text'],
    outputModalities: ['text'],
    knowledgeCutoff: null,
  };
  const endpoint = {
    id,
    modelId: id,
    modelName: upstreamModel,
    provider,
    upstreamModel,
    pricing,
    prices: parsePricing(pricing, { free: true }),
    contextLength: null,
    maxCompletionTokens: null,
    inputModalities: model.inputModalities,
    supportedParameters: null,
    quantization: null,
  };
  return { model: { ...model, endpoints: [endpoint] }, endpoint };
}
