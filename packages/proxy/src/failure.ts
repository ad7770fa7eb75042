import type { ErrorKind, UpstreamRefusal } from '@onerouter/core';

/**
 * What to do after a failed attempt.
 *
 * - `next`: the next candidate.
 * - `larger`: the next candidate with a larger context, if there is one.
 * - `stop`: no candidate would do better.
 */
export type NextStep = 'next' | 'larger' | 'stop';

/** What a failure says of the endpoint's health. */
export type Blame =
  /** One failure more in the endpoint's statistics. */
  | 'counts'
  /** Busy: left alone until `Retry-After`, or for a few seconds. Says nothing of its uptime. */
  | 'rate-limited'
  /** Misconfigured here: a key that is refused, a model that is not there. Left alone for long, and reported. */
  | 'misconfigured'
  /** The request was at fault, or the client left. */
  | 'none';

/** How one kind of failure is handled. */
export interface FailureRule {
  readonly next: NextStep;
  readonly blame: Blame;
  /** What the client is told when no candidate is left. */
  readonly client: ErrorKind;
  /** Said in our own words: a provider's text can echo keys and prompts. */
  readonly message: string;
}

const busy = (client: ErrorKind, message: string): FailureRule => ({
  next: 'next',
  blame: 'counts',
  client,
  message,
});

/**
 * Every way an attempt can fail, by the `errorType` of its record. This table is the whole policy; code asks it and
 * decides nothing by itself.
 */
export const FAILURES: Readonly<Record<FailureType, FailureRule>> = {
  connection_error: busy('provider_unavailable', 'could not be reached'),
  connect_timeout: busy('provider_unavailable', 'could not be reached in time'),
  headers_timeout: busy('timeout', 'did not answer in time'),
  first_token_timeout: busy('timeout', 'sent no output in time'),
  idle_timeout: busy('timeout', 'stopped sending'),
  total_timeout: busy('timeout', 'took too long'),
  deadline_exceeded: {
    next: 'stop',
    blame: 'counts',
    client: 'timeout',
    message: 'did not answer before the deadline',
  },
  timeout: busy('timeout', 'reported a time-out'),
  rate_limit_exceeded: {
    next: 'next',
    blame: 'rate-limited',
    client: 'rate_limit_exceeded',
    message: 'is limiting the rate of requests',
  },
  provider_overloaded: busy('provider_overloaded', 'is overloaded'),
  provider_unavailable: busy('provider_unavailable', 'failed'),
  credentials_rejected: {
    next: 'next',
    blame: 'misconfigured',
    client: 'upstream_credentials_exhausted',
    message: "refused the gateway's credentials",
  },
  model_not_found: {
    next: 'next',
    blame: 'misconfigured',
    client: 'provider_unavailable',
    message: 'does not have the model',
  },
  context_length_exceeded: {
    next: 'larger',
    blame: 'none',
    client: 'context_length_exceeded',
    message: 'found the prompt longer than the context of the model',
  },
  content_policy_violation: {
    next: 'stop',
    blame: 'none',
    client: 'permission_denied',
    message: 'refused the content of the request',
  },
  invalid_request: {
    next: 'stop',
    blame: 'none',
    client: 'invalid_request',
    message: 'refused the request as invalid',
  },
  provider_error: busy('provider_unavailable', 'reported an error inside its answer'),
  empty_answer: busy('provider_unavailable', 'sent an empty answer'),
  stream_cut: busy('provider_unavailable', 'broke off in the middle of its answer'),
  malformed_answer: busy('provider_unavailable', 'sent something that is no answer'),
};

/** The `errorType` of a failed attempt. */
export type FailureType =
  | 'connection_error'
  | 'connect_timeout'
  | 'headers_timeout'
  | 'first_token_timeout'
  | 'idle_timeout'
  | 'total_timeout'
  | 'deadline_exceeded'
  | 'timeout'
  | 'rate_limit_exceeded'
  | 'provider_overloaded'
  | 'provider_unavailable'
  | 'credentials_rejected'
  | 'model_not_found'
  | 'context_length_exceeded'
  | 'content_policy_violation'
  | 'invalid_request'
  | 'provider_error'
  | 'empty_answer'
  | 'stream_cut'
  | 'malformed_answer';

/** One failed attempt. */
export interface Failure {
  readonly type: FailureType;
  /** HTTP status of the provider, or `null` when none came. */
  readonly status: number | null;
  /** How long the provider asked to be left alone. */
  readonly retryAfterMs?: number | undefined;
  /** The request field that the provider blames. */
  readonly param?: string | null | undefined;
}

/** Classifies a refusal by its status, and by what the dialect could read of its body. */
export function statusFailure(status: number, refusal: UpstreamRefusal): FailureType {
  if (status === 408) return 'timeout';
  if (status === 429) return 'rate_limit_exceeded';
  if (status === 529) return 'provider_overloaded';
  // A range, not a list: lists have missed 529, 520 and others.
  if (status >= 500) return 'provider_unavailable';
  if (status === 403 && refusal.kind === 'content_policy') return 'content_policy_violation';
  if (status === 401 || status === 402 || status === 403) return 'credentials_rejected';
  if (status === 404) return 'model_not_found';
  if (refusal.kind === 'context_length') return 'context_length_exceeded';
  if (refusal.kind === 'content_policy') return 'content_policy_violation';
  return status >= 400 ? 'invalid_request' : 'malformed_answer';
}

/** Classifies an error that came inside an answer with status 200. */
export function inlineFailure(status: number | undefined): FailureType {
  if (status === undefined) return 'provider_error';
  const type = statusFailure(status, { kind: 'other', param: null });
  // An answer had begun, so the request itself was acceptable.
  return type === 'invalid_request' || type === 'model_not_found' ? 'provider_error' : type;
}
