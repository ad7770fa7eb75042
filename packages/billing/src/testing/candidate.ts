import { parsePricing, type Candidate, type Endpoint, type Pricing, type Provider } from '@onerouter/core';

const provider = { name: 'alpha' } as Provider;

/** A candidate with these prices, for tests of money. */
export function candidate(
  pricing: Pricing,
  limits: {
    readonly context?: number | null;
    readonly output?: number | null;
    readonly discount?: number;
  } = {},
): Candidate {
  const { context = null, output = null, discount } = limits;
  const endpoint: Endpoint = {
    id: 'alpha/acme/writer-1',
    modelId: 'acme/writer-1',
    modelName: 'Writer 1',
    provider,
    upstreamModel: 'writer-1-upstream',
    pricing,
    prices: parsePricing(pricing, { discount }),
    contextLength: context,
    maxCompletionTokens: output,
    inputModalities: ['text'],
    supportedParameters: null,
    quantization: null,
  };
  return {
    endpoint,
    model: {
      id: 'acme/writer-1',
      name: 'Writer 1',
      description: '',
      aliases: [],
      created: 0,
      contextLength: null,
      maxCompletionTokens: null,
      inputModalities: ['text'],
      outputModalities: ['text'],
      knowledgeCutoff: null,
      endpoints: [endpoint],
    },
  };
}
