import { formatUsd, GatewayError } from '@onerouter/core';
import { InsufficientCreditsError, TooManyOpenError } from './ledger-errors.ts';
import type { ReservationEstimate } from './reservation-estimate.ts';

/** How soon a client may ask again when too many of its exchanges are open, or the ledger is away. */
const RETRY_AFTER_MS = 1_000;

/**
 * What a refused reservation tells the client: 402 with what is missing, 429 with too much open, and 503 for whatever
 * the store raised, because a gateway that cannot book must not serve.
 */
export function refusalOf(thrown: unknown, estimate: ReservationEstimate): GatewayError {
  if (thrown instanceof InsufficientCreditsError) return insufficient(thrown, estimate);
  if (thrown instanceof TooManyOpenError) {
    return new GatewayError(
      'rate_limit_exceeded',
      `This account has ${thrown.limit} exchanges running, the most it may have. Retry when some have ended.`,
      { retryAfterMs: RETRY_AFTER_MS, cause: thrown },
    );
  }
  return new GatewayError(
    'unavailable',
    'Credits cannot be reserved at the moment. Retry shortly; nothing was charged.',
    { retryAfterMs: RETRY_AFTER_MS, cause: thrown },
  );
}

function insufficient(error: InsufficientCreditsError, estimate: ReservationEstimate): GatewayError {
  const { required, available, bindingLimit } = error;
  const affordable = estimate.affordableTokens(available);
  const remedy = bindingLimit === 'key' ? "raise the key's limit" : 'add credits';
  const shorter = affordable > 0 ? `, or set max_tokens to at most ${affordable}` : '';
  const whose = bindingLimit === 'key' ? "within this key's limit" : 'on this account';
  return new GatewayError(
    'payment_required',
    `This request may cost up to $${formatUsd(required)}, but $${formatUsd(available)} is available ${whose}. ` +
      `To send it, ${remedy}${shorter}.`,
    {
      metadata: {
        required_usd: formatUsd(required),
        available_usd: formatUsd(available),
        affordable_max_tokens: affordable,
        binding_limit: bindingLimit,
      },
    },
  );
}
