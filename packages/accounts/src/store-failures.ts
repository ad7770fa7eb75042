import { GatewayError, loggableError, warningLog, type Log } from '@onerouter/core';
import type { ErrorRequestHandler } from 'express';

/** `Retry-After` of the answer while the store is away. */
export const STORE_FAILURE_RETRY_MS = 1_000;

export interface StoreFailuresOptions {
  /** Where the store's own errors are reported. @default process warnings */
  readonly log?: Log;
}

/**
 * Answers what a store raised with 503 `unavailable` and `Retry-After`, instead of 500: nothing is wrong with the request,
 * and it may be repeated. Every router of this package ends with it; mount it behind routers of your own that ask a store.
 *
 * Errors that say what they are pass as they are: the gateway's, those that Express and its parsers refuse requests with,
 * and mistakes of the program (`TypeError` and its like), which no repetition heals.
 */
export function storeFailures(options: StoreFailuresOptions = {}): ErrorRequestHandler {
  const { log = warningLog } = options;
  return function storeFailures(thrown: unknown, _req, _res, next) {
    if (!isStoreFailure(thrown)) {
      next(thrown);
      return;
    }
    log.error({ err: loggableError(thrown) }, 'The store failed a request for an account.');
    next(
      new GatewayError('unavailable', 'Account data cannot be reached at the moment. Retry shortly.', {
        retryAfterMs: STORE_FAILURE_RETRY_MS,
        cause: thrown,
      }),
    );
  };
}

/** Drivers name their errors themselves, or raise plain ones with a code; what remains is known by its class. */
function isStoreFailure(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || thrown instanceof GatewayError || 'expose' in thrown) return false;
  return !MISTAKES.some((Mistake) => thrown instanceof Mistake);
}

const MISTAKES = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError] as const;
