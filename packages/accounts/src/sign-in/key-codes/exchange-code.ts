import { hashKey, keyLabel, newApiKey } from '@onerouter/auth';
import { GatewayError, readJsonBody } from '@onerouter/core';
import type { RequestHandler } from 'express';
import { UnknownAccountError, type AccountStore } from '../../account-store.ts';
import type { Attempts } from '../attempts.ts';
import type { Tickets } from '../tickets.ts';
import { exchangeCodeRequest, type ExchangeCodeRequest } from './code-requests.ts';
import { readKeyCode } from './key-code.ts';
import { meetsChallenge, type Challenge } from './pkce.ts';

export interface ExchangeCodeOptions {
  readonly accounts: Pick<AccountStore, 'createKey'>;
  readonly tickets: Tickets;
  readonly attempts: Attempts;
  /** Called with the new key's hash. @default nothing */
  readonly onKeyChange?: ((hash: string) => void) | undefined;
}

/**
 * `POST /auth/keys`: a code, once, for an API key. A code that was shown with a wrong verifier is used up: who shows it
 * that way has stolen it.
 */
export function exchangeCode(options: ExchangeCodeOptions): RequestHandler {
  const { accounts, tickets, attempts, onKeyChange } = options;
  return async function exchangeCode(req, res) {
    const asked = await readJsonBody(req, exchangeCodeRequest);
    await attempts.take('key_code', req);
    const code = readKeyCode(await tickets.redeem('key_code', asked.code));
    if (!code) throw badCode();
    verify(code.challenge, asked);
    const key = newApiKey();
    const { account: accountId, name, limit, limitReset, expiresAt } = code;
    const common = { kind: 'api', accountId, name, label: keyLabel(key), disabled: false } as const;
    const hash = hashKey(key);
    try {
      const times = { expiresAt, createdAt: Date.now(), updatedAt: null };
      await accounts.createKey({ ...common, hash, limit, limitReset, ...times });
    } catch (error) {
      throw error instanceof UnknownAccountError ? badCode() : error;
    }
    onKeyChange?.(hash);
    res.json({ key, user_id: accountId });
  };
}

function verify(challenge: Challenge | null, asked: ExchangeCodeRequest): void {
  const { code_verifier: verifier, code_challenge_method: method } = asked;
  if (challenge === null) {
    // A verifier that nobody asked for means that the challenge was taken away on the way to the consent page.
    if (verifier !== undefined) throw badCode();
    return;
  }
  if (method && method !== challenge.method) {
    throw new GatewayError('invalid_request', 'The code was asked for with another code_challenge_method.', {
      param: 'code_challenge_method',
    });
  }
  if (verifier === undefined || !meetsChallenge(challenge, verifier)) throw badCode();
}

function badCode(): GatewayError {
  return new GatewayError(
    'permission_denied',
    'The code or its verifier is wrong, or the code was used already or is too old. Ask the person again.',
    { param: 'code', metadata: { reason: 'bad_code' } },
  );
}
