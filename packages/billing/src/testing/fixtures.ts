import type { Generation, Nanos } from '@onerouter/core';

/** A record of an exchange for a test. */
export function generation(id: string, account: string, fields: Partial<Generation> = {}): Generation {
  return {
    id,
    requestId: `req-${id}`,
    accountId: account,
    keyId: 'key-1',
    surface: 'chat',
    createdAt: 1_790_000_000_000,
    status: 'complete',
    streamed: true,
    requestedModel: 'writer-1',
    model: 'acme/writer-1',
    provider: 'alpha',
    upstreamModel: 'writer-1-upstream',
    upstreamId: 'chatcmpl-1',
    finishReason: 'stop',
    nativeFinishReason: 'stop',
    latencyMs: 12,
    generationMs: 34,
    tokensPerSecond: 56.7,
    usage: { promptTokens: 10, completionTokens: 5, cachedTokens: 2, source: 'provider' },
    cost: 0n,
    lines: [{ item: 'request', quantity: 1, unitPrice: '0.001', amount: '0.001' }],
    discount: 0.2,
    cacheHit: false,
    cacheSourceId: null,
    attempts: [{ provider: 'alpha', model: 'acme/writer-1', status: 200, errorType: null, latencyMs: 12 }],
    errorType: null,
    referer: 'https://example.com/',
    title: null,
    userAgent: 'test/1',
    ...fields,
  };
}

/** The same exchange as it stands while it runs. */
export function draft(id: string, account: string, fields: Partial<Generation> = {}): Generation {
  return generation(id, account, {
    status: 'pending',
    model: '',
    provider: '',
    upstreamModel: '',
    upstreamId: null,
    finishReason: null,
    nativeFinishReason: null,
    latencyMs: null,
    generationMs: null,
    tokensPerSecond: null,
    usage: null,
    lines: [],
    discount: 0,
    attempts: [],
    ...fields,
  });
}

/** US dollars as nano-dollars, for amounts in tests. */
export function usd(dollars: number): Nanos {
  return BigInt(Math.round(dollars * 1e9));
}
