import { newGenerationId, type Generation } from '@onerouter/core';

/**
 * A finished generation with ordinary values, for tests that need one. Its id is of the time it was made at, unless an id
 * is given.
 */
export function sampleGeneration(fields: Partial<Generation> = {}): Generation {
  const { createdAt = Date.now() } = fields;
  return {
    id: newGenerationId(createdAt),
    requestId: 'req-sample',
    accountId: 'account-1',
    keyId: 'key-1',
    surface: 'chat',
    createdAt,
    status: 'complete',
    streamed: true,
    requestedModel: 'writer-1',
    model: 'acme/writer-1',
    provider: 'alpha',
    upstreamModel: 'writer-1-upstream',
    upstreamId: 'chatcmpl-1',
    finishReason: 'stop',
    nativeFinishReason: 'stop',
    latencyMs: 120,
    generationMs: 900,
    tokensPerSecond: 55.5,
    usage: { promptTokens: 10, completionTokens: 50, cachedTokens: 2, source: 'provider' },
    cost: 123_456n,
    lines: [],
    discount: 0,
    cacheHit: false,
    cacheSourceId: null,
    attempts: [
      { provider: 'alpha', model: 'writer-1-upstream', status: 200, errorType: null, latencyMs: 118 },
    ],
    errorType: null,
    referer: null,
    title: null,
    userAgent: null,
    ...fields,
  };
}
