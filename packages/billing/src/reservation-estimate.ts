import {
  reservedPromptTokens,
  type Candidate,
  type Nanos,
  type RequestFacts,
  type UnitPrice,
} from '@onerouter/core';
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
  /**
   * Output tokens of each choice that this much credit covers, whichever candidate answers; 0 when not even the prompt
   * is covered.
   */
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
  let dearest: CandidateCost | undefined;
  let outputLimit: number | undefined;
  const costs: CandidateCost[] = [];
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
    const cost = { total, fixed, perToken, outputTokens };
    costs.push(cost);
    if (!dearest || total > dearest.total) dearest = cost;
  }
  return {
    amount: dearest ? toNanosUp(dearest.total) : 0n,
    outputTokens: dearest?.outputTokens ?? 0,
    outputLimit,
    affordableTokens(available) {
      // The dearest at full length need not be the dearest at a shorter one: each sets a limit of its own.
      let most = 0;
      let least = Infinity;
      for (const cost of costs) {
        most = Math.max(most, cost.outputTokens);
        if (cost.total > available * UNITS_PER_NANO) least = Math.min(least, tokensFor(available, cost));
      }
      return Math.min(least, most);
    },
  };
}

/** What one candidate may cost, in unit prices. */
interface CandidateCost {
  readonly total: UnitPrice;
  /** Whatever the length of the output. */
  readonly fixed: UnitPrice;
  /** For each output token of every choice. */
  readonly perToken: UnitPrice;
  readonly outputTokens: number;
}

function tokensFor(available: Nanos, { fixed, perToken }: CandidateCost): number {
  const left = available * UNITS_PER_NANO - fixed;
  return left <= 0n || perToken === 0n ? 0 : Number(left / perToken);
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
