import { GatewayError, loggableError, principalSlot, type Log, type PrincipalKind } from '@onerouter/core';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { loggableStripeError, stripeRefusal } from './stripe-refusal.ts';

const RETRY_AFTER_MS = 1_000;

/** Keeps a route to some kinds of caller. Errors: 403 `permission_denied` for every other kind. */
export function only(...kinds: readonly PrincipalKind[]): RequestHandler {
  return function onlyKinds(req, _res, next) {
    if (kinds.includes(principalSlot.get(req).kind)) return next();
    next(
      new GatewayError(
        'permission_denied',
        `This route is for callers with a ${kinds.join(' or a ')} credential.`,
      ),
    );
  };
}

/** The account that calls. */
export function accountOf(req: Request): string {
  return principalSlot.get(req).accountId;
}

/**
 * Answers what Stripe or the store raised: 502 when Stripe refused, 503 with `Retry-After` when either is away. Mistakes
 * of the program pass as they are.
 */
export function refusals(log: Log): ErrorRequestHandler {
  return function paymentRefusals(thrown: unknown, _req, _res, next) {
    const error = stripeRefusal(thrown);
    if (error !== thrown) {
      log.error({ err: loggableStripeError(thrown) }, 'Stripe failed a request.');
      return next(error);
    }
    if (!(thrown instanceof Error) || thrown instanceof GatewayError || isMistake(thrown))
      return next(thrown);
    log.error({ err: loggableError(thrown) }, 'The store failed a request about payments.');
    next(
      new GatewayError('unavailable', 'Payments cannot be looked up at the moment. Retry shortly.', {
        retryAfterMs: RETRY_AFTER_MS,
        cause: thrown,
      }),
    );
  };
}

/** Errors of the program, or of Express and its parsers, which say for themselves what they are. */
function isMistake(error: Error): boolean {
  return (
    'expose' in error ||
    [TypeError, RangeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind)
  );
}
