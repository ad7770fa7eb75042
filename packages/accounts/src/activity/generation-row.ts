import { formatUsd, type Generation } from '@onerouter/core';
import type { KeyNames } from './key-names.ts';

/** A finished generation in a list. What is unknown is `null`, never `0`. */
export function writeGenerationRow(
  generation: Generation,
  names: KeyNames,
): Readonly<Record<string, unknown>> {
  const { usage } = generation;
  return {
    id: generation.id,
    created_at: new Date(generation.createdAt).toISOString(),
    requested_model: generation.requestedModel,
    model: generation.model || null,
    provider_name: generation.provider || null,
    api_key_hash: generation.keyId,
    api_key_name: names.get(generation.keyId) ?? null,
    surface: generation.surface,
    status: generation.status,
    streamed: generation.streamed,
    finish_reason: generation.finishReason,
    latency: generation.latencyMs,
    generation_time: generation.generationMs,
    tokens_per_second: generation.tokensPerSecond,
    tokens_prompt: usage?.promptTokens ?? null,
    tokens_completion: usage?.completionTokens ?? null,
    tokens_cached: usage?.cachedTokens ?? null,
    tokens_reasoning: usage?.reasoningTokens ?? null,
    cost_usd: formatUsd(generation.cost),
    cache_hit: generation.cacheHit,
    error_type: generation.errorType,
    attempts: generation.attempts.map(({ provider, model, status, latencyMs, errorType }) => ({
      provider,
      model,
      status,
      latency_ms: latencyMs,
      error_type: errorType,
    })),
  };
}
