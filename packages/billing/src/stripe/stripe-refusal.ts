import { GatewayError, loggableError } from '@onerouter/core';
import { Stripe } from 'stripe';

/** How soon to try again what Stripe could not answer. */
const RETRY_AFTER_MS = 5_000;

/** Whether Stripe has said no, so that asking again would change nothing. Everything else may have happened or not. */
export function isDefinite(error: unknown): boolean {
  const { StripeCardError, StripeInvalidRequestError, StripePermissionError, StripeAuthenticationError } =
    Stripe.errors;
  return [StripeCardError, StripeInvalidRequestError, StripePermissionError, StripeAuthenticationError].some(
    (kind) => error instanceof kind,
  );
}

/** What a failed call to Stripe tells the client. Its own words stay inside: they can quote a key. */
export function stripeRefusal(error: unknown): unknown {
  const { StripeError, StripeIdempotencyError } = Stripe.errors;
  if (error instanceof StripeIdempotencyError) {
    return new GatewayError('conflict', 'This Idempotency-Key was used for something else. Use a new one.', {
      cause: error,
    });
  }
  if (!(error instanceof StripeError)) return error;
  if (isDefinite(error)) {
    return new GatewayError('provider_unavailable', 'Stripe refused the request. Nothing was paid.', {
      errorType: 'payment_provider_refused',
      cause: error,
    });
  }
  return new GatewayError('unavailable', 'Stripe could not be reached. Try again shortly.', {
    retryAfterMs: RETRY_AFTER_MS,
    cause: error,
  });
}

/** What may be logged of a failed call to Stripe: the library's messages can quote a key. */
export function loggableStripeError(error: unknown): object {
  const { type, code, statusCode, requestId } = error as Partial<Stripe.errors.StripeError>;
  return typeof type === 'string' ? { type, code, statusCode, requestId } : loggableError(error);
}
