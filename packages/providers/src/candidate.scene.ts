import { parsePricing, type Candidate } from '@onerouter/core';
import { createProviders } from './create-providers.ts';

/** A candidate `writer-1` that is `upstream-1` at its provider. */
export function testCandidate(): Candidate {
  const provider = createProviders({ alpha: { baseUrl: 'http://127.0.0.1:9/v1' } }).get('alpha');
  if (!provider) throw new Error('No provider.');
  const pricing = { prompt: '0.1', completion: '0.1' };
  const shared = { contextLength: null, maxCompletionTokens: null, inputModalities: ['text' as const] };
  const endpoint = {
    ...shared,
    id: 'alpha/acme/writer-1',
    modelId: 'acme/writer-1',
    modelName: 'Writer',
    provider,
    upstreamModel: 'upstream-1',
    pricing,
    prices: parsePricing(pricing),
    supportedParameters: null,
    quantization: null,
  };
  const model = {
    ...shared,
    id: 'acme/writer-1',
    name: 'Writer',
    description: '',
    aliases: [],
    created: 0,
    outputModalities: ['text' as const],
    knowledgeCutoff: null,
    endpoints: [endpoint],
  };
  return { model, endpoint };
}
