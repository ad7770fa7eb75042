import {
  DEFAULT_MAX_RESERVED_TOKENS,
  estimateReservation,
  InsufficientCreditsError,
  priceUsage,
  refusalOf,
  type Ledger,
} from '@onerouter/billing';
import {
  bodySlot,
  principalSlot,
  reservedPromptTokens,
  routeSlot,
  type Candidate,
  type Nanos,
  type Principal,
  type RequestFacts,
} from '@onerouter/core';
import type { QuoteOptions } from '@onerouter/models';

/**
 * The money of a quote: as it would be reserved, and read from the ledger without changing anything.
 *
 * The function raises `payment_required` 402 when no `max_tokens`, however low, would make the request affordable.
 *
 * @param maxReservedTokens as `reserveCredits()` has it
 */
export function quoteMoney(
  ledger: Ledger,
  maxReservedTokens: number = DEFAULT_MAX_RESERVED_TOKENS,
): QuoteOptions['money'] {
  return async function quoteMoney(req) {
    const { facts } = bodySlot.get(req);
    const { candidates } = routeSlot.get(req);
    const estimate = estimateReservation(facts, candidates, maxReservedTokens);
    const { available, bindingLimit } = await availableTo(principalSlot.get(req), ledger);
    const affordableMaxTokens = estimate.affordableTokens(available);
    if (estimate.amount > available && affordableMaxTokens === 0) {
      throw refusalOf(new InsufficientCreditsError(estimate.amount, available, bindingLimit), estimate);
    }
    const worst = candidates.map((candidate) => worstCaseAt(candidate, facts, maxReservedTokens));
    return {
      reservation: estimate.amount,
      worstCase: worst.reduce((most, cost) => (cost > most ? cost : most), 0n),
      affordableMaxTokens,
      available,
    };
  };
}

/** The whole prompt written to the provider's cache, where that is charged, and all output at the dearer price. */
function worstCaseAt(candidate: Candidate, facts: RequestFacts, maxReservedTokens: number): Nanos {
  const { prices, pricing } = candidate.endpoint;
  const { outputTokens } = estimateReservation(facts, [candidate], maxReservedTokens);
  const promptTokens = reservedPromptTokens(facts);
  const completionTokens = outputTokens * facts.choices;
  const { cost } = priceUsage(
    {
      promptTokens,
      cacheWriteTokens: pricing.input_cache_write === undefined ? 0 : promptTokens,
      completionTokens,
      reasoningTokens: prices.reasoning > prices.completion ? completionTokens : 0,
      images: facts.images,
      source: 'estimated',
    },
    prices,
  );
  return cost;
}

interface Available {
  readonly available: Nanos;
  readonly bindingLimit: 'account' | 'key';
}

/** What the account has, or what its key may still spend where that is less. */
async function availableTo(principal: Principal, ledger: Ledger): Promise<Available> {
  const { accountId, keyId, keyLimit, keyLimitReset } = principal;
  const { available } = await ledger.balance(accountId);
  if (keyLimit === null) return { available, bindingLimit: 'account' };
  const usage = await ledger.keyUsage(accountId, keyId);
  const ofKey = keyLimit - usage[keyLimitReset ?? 'total'] - usage.reserved;
  return ofKey < available
    ? { available: ofKey, bindingLimit: 'key' }
    : { available, bindingLimit: 'account' };
}
