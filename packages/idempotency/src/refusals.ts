import { GatewayError } from '@onerouter/core';

/** `Retry-After` while another process runs the request, or the store is away. */
export const RETRY_AFTER_MS = 1_000;

/** The key was used for something else. */
export function mismatch(): GatewayError {
  return conflict(
    'mismatch',
    'This Idempotency-Key was used with another body. Send the same body again, or use a new key.',
  );
}

/** Another process is at it. */
export function runningElsewhere(): GatewayError {
  return conflict(
    'running',
    'A request with this Idempotency-Key is running. Retry in a moment for its answer.',
    {
      retryAfterMs: RETRY_AFTER_MS,
    },
  );
}

/** There was an answer, and it is not here. */
export function notKept(): GatewayError {
  return conflict(
    'not_kept',
    'This request was answered, but its answer was not kept, for example because it is too long. ' +
      'To have it answered again, and charged again, use a new Idempotency-Key.',
  );
}

/** Without the store nobody can tell whether this is the first time. */
export function storeAway(cause: unknown): GatewayError {
  return new GatewayError(
    'unavailable',
    'Idempotency-Keys cannot be checked right now. Retry in a moment; nothing was charged.',
    { retryAfterMs: RETRY_AFTER_MS, cause },
  );
}

function conflict(reason: string, message: string, more: { retryAfterMs?: number } = {}): GatewayError {
  return new GatewayError('conflict', message, { origin: 'gateway', metadata: { reason }, ...more });
}
