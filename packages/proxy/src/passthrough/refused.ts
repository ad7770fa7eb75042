import { GatewayError, type AttemptRecord, type ErrorKind } from '@onerouter/core';
import { failureError } from '../exhausted.ts';
import { FAILURES, statusFailure, type Failure, type FailureType } from '../failure.ts';

/** Kinds of the 4xx that a caller of this path can do something about. */
const KINDS: Readonly<Record<number, ErrorKind>> = {
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  422: 'unprocessable',
};

/** What a provider's status says of a call that was passed through. Anything but a 2xx is a refusal. */
export function refusalType(status: number): FailureType {
  const type = statusFailure(status, { kind: 'other', param: null });
  // No model was asked for: what is not there is a file, or whatever else the path names.
  return type === 'model_not_found' ? 'invalid_request' : type;
}

/**
 * What the client is told of a failed call, in our words: a provider's text can echo keys. The provider's own status
 * stays where the caller is at fault.
 */
export function passthroughError(
  failure: Failure,
  provider: string,
  attempts: readonly AttemptRecord[],
): GatewayError {
  const { type, status } = failure;
  const { kind, errorType, metadata, status: toldStatus } = failureError(failure, provider, attempts);
  const own = type === 'invalid_request' && status !== null;
  const what = own
    ? `refused this call with status ${status}. Its own text is not shown, since it can hold keys.`
    : `${FAILURES[type].message}.`;
  return new GatewayError(
    own ? (KINDS[status] ?? kind) : kind,
    `Provider ${provider} ${what} Nothing was charged.`,
    {
      status: toldStatus,
      origin: 'upstream',
      metadata,
      ...(own ? {} : { errorType }),
      ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
    },
  );
}
