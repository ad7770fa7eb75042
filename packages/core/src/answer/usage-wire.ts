import { usdNumber, type Nanos } from '../money.ts';
import type { CostLine } from '../record.ts';
import { clampUsage, type Usage } from '../usage.ts';

/** What the client is told it paid, beside the tokens. */
export interface ChargedCost {
  readonly cost: Nanos;
  readonly lines: readonly CostLine[];
  readonly discount: number;
}

/**
 * Usage in OpenAI's shape, as a provider reports it. `null`, absent and non-object reports give `undefined`: unknown is
 * not zero, while an explicit zero is (BerriAI/litellm#37992).
 */
export function readOpenAiUsage(raw: unknown): Usage | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const usage = raw as Record<string, unknown>;
  const prompt = integer(usage['prompt_tokens']);
  const total = integer(usage['total_tokens']);
  const completion =
    integer(usage['completion_tokens']) ??
    (prompt !== undefined && total !== undefined ? total - prompt : undefined);
  if (prompt === undefined && completion === undefined) return undefined;
  const promptDetails = object(usage['prompt_tokens_details']);
  const completionDetails = object(usage['completion_tokens_details']);
  return clampUsage({
    promptTokens: prompt ?? Math.max(0, (total ?? 0) - (completion ?? 0)),
    completionTokens: completion ?? 0,
    // DeepSeek puts its hits beside, under a name of its own; they are part of prompt_tokens all the same.
    cachedTokens: integer(promptDetails['cached_tokens']) ?? integer(usage['prompt_cache_hit_tokens']),
    cacheWriteTokens: integer(promptDetails['cache_write_tokens']),
    reasoningTokens: integer(completionDetails['reasoning_tokens']),
    audioTokens: integer(promptDetails['audio_tokens']),
    source: 'provider',
  });
}

/** Usage and cost in the wire's shape: OpenAI's fields with OpenRouter's additions. */
export function writeUsage(usage: Usage, charged: ChargedCost | undefined): Record<string, unknown> {
  const wire: Record<string, unknown> = {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
    prompt_tokens_details: {
      cached_tokens: usage.cachedTokens ?? 0,
      cache_write_tokens: usage.cacheWriteTokens ?? 0,
      audio_tokens: usage.audioTokens ?? 0,
    },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
    usage_source: usage.source,
  };
  if (charged) {
    wire['cost'] = usdNumber(charged.cost);
    wire['is_byok'] = false;
    wire['cost_details'] = {
      upstream_inference_cost: null,
      upstream_inference_prompt_cost: sum(charged.lines, PROMPT_ITEMS),
      upstream_inference_completions_cost: sum(charged.lines, COMPLETION_ITEMS),
    };
  }
  return wire;
}

/** Itemised cost in OneRouter's shape, for the root of an answer. */
export function writeCostDetails(charged: ChargedCost): Record<string, unknown> {
  return {
    prompt_cost: sum(charged.lines, ['prompt']),
    completion_cost: sum(charged.lines, ['completion']),
    image_cost: sum(charged.lines, ['image']),
    request_cost: sum(charged.lines, ['request']),
    prompt_cache_read_cost: sum(charged.lines, ['cache_read']),
    prompt_cache_write_cost: sum(charged.lines, ['cache_write']),
    reasoning_cost: sum(charged.lines, ['reasoning']),
    discount_rate: charged.discount,
    is_byok: false,
    byok_cost: 0,
  };
}

const PROMPT_ITEMS = ['prompt', 'cache_read', 'cache_write', 'image', 'request'] as const;
const COMPLETION_ITEMS = ['completion', 'reasoning'] as const;

function sum(lines: readonly CostLine[], items: readonly CostLine['item'][]): number {
  let total = 0;
  for (const line of lines) if (items.includes(line.item)) total += Number(line.amount);
  return total;
}

function integer(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
