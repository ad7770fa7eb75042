import { usdNumber, type AttemptRecord, type ExchangeKind, type Generation } from '@onerouter/core';

const API_TYPES: Readonly<Record<ExchangeKind, string | null>> = {
  chat: 'completions',
  completions: 'completions',
  embeddings: 'embeddings',
  passthrough: null,
};

/**
 * A generation as `GET /generation` shows it: OpenRouter's fields, then OneRouter's own. What is unknown is `null`,
 * never `0`; the cost of a running exchange is `0` until it is settled.
 */
export function writeGeneration(generation: Generation): Record<string, unknown> {
  const { usage } = generation;
  const cost = usdNumber(generation.cost);
  return {
    id: generation.id,
    upstream_id: generation.upstreamId,
    request_id: generation.requestId,
    session_id: null,
    created_at: new Date(generation.createdAt).toISOString(),
    model: generation.model || generation.requestedModel,
    provider_name: generation.provider || null,
    provider_responses: generation.attempts.map(writeProviderResponse),
    router: null,
    api_type: API_TYPES[generation.surface],
    streamed: generation.streamed,
    cancelled: generation.status === 'cancelled',
    finish_reason: generation.finishReason,
    native_finish_reason: generation.nativeFinishReason,
    latency: generation.latencyMs,
    generation_time: generation.generationMs,
    moderation_latency: null,
    tokens_prompt: usage?.promptTokens ?? null,
    tokens_completion: usage?.completionTokens ?? null,
    native_tokens_prompt: usage?.promptTokens ?? null,
    native_tokens_completion: usage?.completionTokens ?? null,
    native_tokens_reasoning: usage?.reasoningTokens ?? null,
    native_tokens_cached: usage?.cachedTokens ?? null,
    native_tokens_completion_images: null,
    num_media_prompt: usage?.images ?? null,
    num_media_completion: null,
    num_input_audio_prompt: null,
    num_search_results: null,
    num_fetches: null,
    total_cost: cost,
    usage: cost,
    upstream_inference_cost: null,
    cache_discount: null,
    is_byok: false,
    service_tier: null,
    preset_id: null,
    response_cache_source_id: generation.cacheSourceId,
    app_id: null,
    origin: generation.referer ?? '',
    http_referer: generation.referer,
    user_agent: generation.userAgent,
    external_user: null,
    data_region: 'global',
    web_search_engine: null,
    workspace_id: generation.accountId,
    ...writeOwnFields(generation),
  };
}

function writeOwnFields(generation: Generation): Record<string, unknown> {
  return {
    status: generation.status,
    requested_model: generation.requestedModel,
    attempts: generation.attempts.map(({ provider, model, status, errorType, latencyMs }) => ({
      provider,
      model,
      status,
      errorType,
      latencyMs,
    })),
    lines: generation.lines.map(({ item, quantity, unitPrice, amount }) => ({
      item,
      quantity,
      unitPrice,
      amount,
    })),
    usage_source: generation.usage?.source ?? null,
    tokens_per_second: generation.tokensPerSecond,
    discount_rate: generation.discount,
    cache_hit: generation.cacheHit,
    error_type: generation.errorType,
    app_title: generation.title,
  };
}

function writeProviderResponse(attempt: AttemptRecord): Record<string, unknown> {
  return {
    provider_name: attempt.provider,
    model_permaslug: attempt.model,
    status: attempt.status,
    latency: attempt.latencyMs,
    is_byok: false,
  };
}
