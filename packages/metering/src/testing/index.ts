import { newGenerationId, type Generation } from '@onerouter/core';
import { describe, expect, it } from 'vitest';
import type { GenerationLog } from '../generation-log.ts';

/** A finished generation with ordinary values, for tests that need one. */
export function sampleGeneration(fields: Partial<Generation> = {}): Generation {
  const now = Date.now();
  return {
    id: newGenerationId(now),
    requestId: 'req-sample',
    accountId: 'account-1',
    keyId: 'key-1',
    surface: 'chat',
    createdAt: now,
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

/** What every {@link GenerationLog} has to do. Call it in a test file of the adapter. */
export function generationLogSuite(name: string, make: () => Promise<GenerationLog>): void {
  describe(`GenerationLog: ${name}`, () => {
    it('finds what was appended, to the last field', async () => {
      const log = await make();
      const generation = sampleGeneration();
      await log.append(generation);
      expect(await log.find(generation.accountId, generation.id)).toEqual(generation);
    });

    it('finds nothing of another account', async () => {
      const log = await make();
      const generation = sampleGeneration();
      await log.append(generation);
      expect(await log.find('account-2', generation.id)).toBeUndefined();
    });

    it('keeps the first of two with the same id', async () => {
      const log = await make();
      const generation = sampleGeneration();
      await log.append(generation);
      await log.append({ ...generation, cost: 1n });
      expect((await log.find(generation.accountId, generation.id))?.cost).toBe(generation.cost);
    });
  });
}
