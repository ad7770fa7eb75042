/** What an exchange used. Token counts are integers ≥ 0; a count that nobody reported is `undefined`, never `0`. */
export interface Usage {
  /** Includes cached and cache-write tokens, as in OpenAI's dialect. */
  readonly promptTokens: number;
  /** Includes reasoning tokens, as in OpenAI's dialect. */
  readonly completionTokens: number;
  /** Part of `promptTokens` that the provider read from its prompt cache. */
  readonly cachedTokens?: number | undefined;
  /** Part of `promptTokens` that the provider wrote to its prompt cache. */
  readonly cacheWriteTokens?: number | undefined;
  /** Part of `completionTokens` spent on reasoning. */
  readonly reasoningTokens?: number | undefined;
  readonly audioTokens?: number | undefined;
  /** Images in the prompt, counted from the request. */
  readonly images?: number | undefined;
  /** `provider`: as reported. `estimated`: computed from what was sent and delivered. */
  readonly source: 'provider' | 'estimated';
}

/**
 * Brings reported counts into order: integers ≥ 0, cached and cache-write within the prompt, reasoning within the
 * completion. Some providers count cached tokens beside the prompt; unclamped that made negative bills
 * (QuantumNous/new-api#5005).
 */
export function clampUsage(usage: Usage): Usage {
  const promptTokens = count(usage.promptTokens);
  const completionTokens = count(usage.completionTokens);
  const cachedTokens = within(usage.cachedTokens, promptTokens);
  return {
    ...usage,
    promptTokens,
    completionTokens,
    cachedTokens,
    cacheWriteTokens: within(usage.cacheWriteTokens, promptTokens - (cachedTokens ?? 0)),
    reasoningTokens: within(usage.reasoningTokens, completionTokens),
  };
}

function count(value: number): number {
  return Number.isFinite(value) && value > 0 ? Math.min(Math.floor(value), Number.MAX_SAFE_INTEGER) : 0;
}

function within(value: number | undefined, limit: number): number | undefined {
  return value === undefined ? undefined : Math.min(count(value), limit);
}
