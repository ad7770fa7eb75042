import { reservedPromptTokens, type Exchange, type Outcome, type RequestFacts } from '@onerouter/core';

/** Output tokens counted for each choice where the client names no limit. */
export const DEFAULT_OUTPUT_TOKENS = 4_096;

/** The tokens that a request may take. */
export interface TokenEstimate {
  readonly prompt: number;
  readonly output: number;
  /** Whether the client has named the limit of its output. */
  readonly named: boolean;
}

export function estimateTokens(facts: RequestFacts | undefined, outputTokens: number): TokenEstimate {
  if (!facts) return { prompt: 0, output: 0, named: false };
  const prompt = reservedPromptTokens(facts);
  if (facts.surface === 'embeddings') return { prompt, output: 0, named: false };
  const { maxTokens, choices } = facts;
  return { prompt, output: (maxTokens ?? outputTokens) * choices, named: maxTokens !== undefined };
}

/** What to count against a limit. An assumed output never makes a request impossible that could be small. */
export function tokenPoints({ prompt, output, named }: TokenEstimate, limit: number): number {
  return named ? prompt + output : prompt + Math.min(output, Math.max(0, limit - prompt));
}

/** The tokens an exchange has taken; `undefined` when nobody knows, so that the estimate stays. */
export function usedTokens({ record }: Exchange, { facts, status }: Outcome): number | undefined {
  const usage = record.usage ?? facts.usage;
  if (usage) return usage.promptTokens + usage.completionTokens;
  return facts.output && status !== 'failed' ? undefined : 0;
}
