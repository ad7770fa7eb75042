import { reservedPromptTokens, type Candidate, type Nanos, type RequestFacts } from '@onerouter/core';
import { toNanosUp } from './price-usage.ts';

/** What to hold for a request, at the candidate that could cost most. */
export interface ReservationEstimate {
  readonly amount: Nanos;
  /** Output tokens of each choice that the amount covers at the dearest candidate. */
  readonly outputTokens: number;
  /**
   * Limit to send upstream: set when the client named none and some candidate could give more than is covered.
   */
  readonly outputLimit: number | undefined;
  /** Output tokens of each choice that this much credit would cover; 0 when not even the prompt is. */
  affordableTokens(available: Nanos): number;
}

/** Nano-dollars in unit prices. */
const UNITS_PER_NANO = 10n ** 15n;

/**
 * Estimates what a request may cost at most: its request price, its prompt, its images, and all output it may ask for.
 *
 * @param maxReservedTokens output tokens to cover for each choice where the client names no limit
 */
export function estimateReservation(
  facts: RequestFacts,
  candidates: readonly Candidate[],
  maxReservedTokens: number,
): ReservationEstimate {
  const promptTokens = BigInt(reservedPromptTokens(facts));
  const choices = BigInt(facts.choices);
  let dearest = { total: -1n, fixed: 0n, perToken: 0n, outputTokens: 0 };
  let outputLimit: number | undefined;
  for (const candidate of candidates) {
    const { prices } = candidate.endpoint;
    const maximum = maximumOutput(candidate);
    const outputTokens = outputCap(facts, maximum, maxReservedTokens);
    if (facts.surface !== 'embeddings' && facts.maxTokens === undefined && outputTokens < maximum) {
      outputLimit = outputTokens;
    }
    const fixed = prices.request + promptTokens * prices.prompt + BigInt(facts.images) * prices.image;
    const output = prices.completion > prices.reasoning ? prices.completion : prices.reasoning;
    const perToken = choices * output;
    const total = fixed + perToken * BigInt(outputTokens);
    if (total > dearest.total) dearest = { total, fixed, perToken, outputTokens };
  }
  const { total, fixed, perToken, outputTokens } = dearest;
  return {
    amount: total > 0n ? toNanosUp(total) : 0n,
    outputTokens,
    outputLimit,
    affordableTokens(available) {
      const left = available * UNITS_PER_NANO - fixed;
      if (left <= 0n || perToken === 0n) return 0;
      const tokens = left / perToken;
      return tokens < BigInt(outputTokens) ? Number(tokens) : outputTokens;
    },
  };
}

function outputCap(facts: RequestFacts, maximum: number, maxReservedTokens: number): number {
  if (facts.surface === 'embeddings') return 0;
  return Math.min(facts.maxTokens ?? maxReservedTokens, maximum);
}

/** The most a candidate can generate; infinite when nothing is known of it. */
function maximumOutput({ model, endpoint }: Candidate): number {
  return (
    endpoint.maxCompletionTokens ??
    model.maxCompletionTokens ??
    endpoint.contextLength ??
    model.contextLength ??
    Infinity
  );
}
