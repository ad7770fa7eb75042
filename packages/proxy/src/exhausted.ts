import { GatewayError, type AttemptRecord, type ErrorKind } from '@onerouter/core';
import { FAILURES, type Failure } from './failure.ts';

/** A failure together with the provider it happened at. */
export interface ProviderFailure {
  readonly provider: string;
  readonly failure: Failure;
}

/** What the client is told of one failure that ends its request. */
export function failureError(
  failure: Failure,
  provider: string,
  attempts: readonly AttemptRecord[],
): GatewayError {
  const rule = FAILURES[failure.type];
  const ownStatus = rule.client === 'invalid_request' && failure.status !== null && failure.status < 500;
  return new GatewayError(rule.client, `Provider ${provider} ${rule.message}. ${advice(rule.client)}`, {
    ...(ownStatus ? { status: failure.status ?? 400 } : {}),
    ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
    origin: 'upstream',
    param: failure.param ?? null,
    errorType: rule.client === 'invalid_request' ? 'invalid_request' : failure.type,
    metadata: { provider_name: provider, previous_errors: previousErrors(attempts) },
  });
}

/** What the client is told when every candidate has failed. */
export function exhaustedError(
  failures: readonly ProviderFailure[],
  attempts: readonly AttemptRecord[],
): GatewayError {
  const last = failures.at(-1);
  if (!last) {
    return new GatewayError('unavailable', 'No provider was left to try. Retry in a moment.', {
      metadata: { previous_errors: [] },
    });
  }
  const kinds = new Set(failures.map(({ failure }) => FAILURES[failure.type].client));
  if (failures.length === 1 || FAILURES[last.failure.type].next === 'stop') {
    return failureError(last.failure, last.provider, attempts);
  }
  const kind: ErrorKind = kinds.size === 1 ? FAILURES[last.failure.type].client : 'provider_unavailable';
  const waits = failures.map(({ failure }) => failure.retryAfterMs);
  const retryAfterMs = Math.min(...waits.filter((wait) => wait !== undefined));
  const names = [...new Set(failures.map(({ provider }) => provider))].join(', ');
  return new GatewayError(kind, `Every provider that could answer has failed (${names}). ${advice(kind)}`, {
    origin: 'upstream',
    // A wait is named only when every provider asked for one: otherwise retrying earlier may well succeed.
    ...(waits.every((wait) => wait !== undefined) ? { retryAfterMs } : {}),
    metadata: { provider_name: last.provider, previous_errors: previousErrors(attempts) },
  });
}

function previousErrors(attempts: readonly AttemptRecord[]): readonly Record<string, unknown>[] {
  return attempts
    .filter((attempt) => attempt.errorType !== null)
    .map(({ provider, model, status, errorType }) => ({
      provider,
      model,
      status,
      code: status,
      error_type: errorType,
    }));
}

function advice(kind: ErrorKind): string {
  return ADVICE[kind] ?? 'Retry, or name other models in `models`. Nothing was charged.';
}

const ADVICE: Partial<Record<ErrorKind, string>> = {
  invalid_request: 'Check the request against what the model supports. Nothing was charged.',
  context_length_exceeded: 'Shorten the prompt or choose a model with a larger context. Nothing was charged.',
  permission_denied: 'Change the prompt or choose another model. Nothing was charged.',
  upstream_credentials_exhausted:
    'Your own key is fine; whoever runs this gateway has to look at its provider keys. Nothing was charged.',
  rate_limit_exceeded: 'Retry later. Nothing was charged.',
};
