import { GatewayError, type PrincipalKind } from '@onerouter/core';

/** Why a call was not let in. */
export type Refusal =
  | 'missing'
  | 'misplaced'
  | 'malformed'
  | 'foreign'
  | 'unknown'
  | 'disabled'
  | 'expired'
  | 'needs_api'
  | 'needs_management'
  | 'needs_session'
  | 'store_away';

const SEND = 'Send the header "Authorization: Bearer sk-or-v1-…".';

/*
 * Only who holds a key learns that it is disabled or expired: to guess one of 2^256 keys is to know its owner's secret
 * already. Everybody else is told the same, whether the key is mistyped or deleted.
 */
const FORMS: Readonly<
  Record<Refusal, { readonly kind: GatewayError['kind']; readonly challenge?: string; readonly text: string }>
> = {
  missing: { kind: 'authentication', challenge: '', text: `No API key. ${SEND}` },
  misplaced: {
    kind: 'authentication',
    challenge: 'invalid_request',
    text: `Keys in the URL are not accepted, because URLs end in logs. ${SEND}`,
  },
  malformed: {
    kind: 'authentication',
    challenge: 'invalid_request',
    text: `The Authorization header is not understood. ${SEND}`,
  },
  foreign: {
    kind: 'authentication',
    challenge: 'invalid_token',
    text: 'This is not a key of this gateway: its keys are "sk-or-v1-" and 64 hexadecimal digits.',
  },
  unknown: {
    kind: 'authentication',
    challenge: 'invalid_token',
    text: 'Unknown API key. Check that it is complete and was not deleted, or create a new one.',
  },
  disabled: {
    kind: 'authentication',
    challenge: 'invalid_token',
    text: 'This API key is disabled. Enable it or use another one.',
  },
  expired: {
    kind: 'authentication',
    challenge: 'invalid_token',
    text: 'This API key has expired. Create a new one.',
  },
  needs_api: {
    kind: 'permission_denied',
    challenge: 'insufficient_scope',
    text: 'Management keys administer an account and cannot be used here. Use an API key (sk-or-v1-…).',
  },
  needs_management: {
    kind: 'permission_denied',
    challenge: 'insufficient_scope',
    text: 'This route administers an account. Use a management key (sk-or-mgmt-v1-…).',
  },
  needs_session: {
    kind: 'permission_denied',
    text: 'This is for people who are signed in, on the pages of this server. Keys cannot do it.',
  },
  store_away: {
    kind: 'unavailable',
    text: 'Who calls cannot be checked right now. Retry in a moment; nothing was charged.',
  },
};

/** A refused call, with what to say in `WWW-Authenticate`. */
export class AuthError extends GatewayError {
  readonly refusal: Refusal;
  /** Value of `WWW-Authenticate`; `undefined` when another key would not help. */
  readonly challenge: string | undefined;

  constructor(refusal: Refusal, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    const form = FORMS[refusal];
    super(form.kind, form.text, { ...options, metadata: { reason: refusal } });
    this.refusal = refusal;
    this.challenge = form.challenge === undefined ? undefined : challengeOf(form.challenge);
  }
}

/** The refusal for a valid caller of a kind that this route does not take. */
export function wrongKind(allowed: readonly PrincipalKind[]): Refusal {
  if (allowed.includes('api')) return 'needs_api';
  return allowed.includes('management') ? 'needs_management' : 'needs_session';
}

function challengeOf(error: string): string {
  return error === '' ? 'Bearer realm="onerouter"' : `Bearer realm="onerouter", error="${error}"`;
}
