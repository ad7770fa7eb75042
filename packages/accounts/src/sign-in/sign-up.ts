import type { Sessions } from '@onerouter/auth';
import { GatewayError, readJsonBody } from '@onerouter/core';
import type { RequestHandler } from 'express';
import type { AccountStore } from '../account-store.ts';
import { newAccountId } from '../identity.ts';
import type { Attempts } from './attempts.ts';
import type { PasswordWork } from './password-work.ts';
import { writeProfile } from './profile.ts';
import { signUpRequest } from './sign-in-requests.ts';

export interface SignUpOptions {
  readonly accounts: Pick<AccountStore, 'createAccount'>;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly passwords: PasswordWork;
  /** Whether new accounts are made. */
  readonly open: boolean;
}

/** `POST /auth/sign-up`: makes an account and signs it in. */
export function signUp({ accounts, sessions, attempts, passwords, open }: SignUpOptions): RequestHandler {
  return async function signUp(req, res) {
    if (!open) throw signUpClosed();
    const { email, password } = await readJsonBody(req, signUpRequest);
    await attempts.take('sign_up', req);
    const id = newAccountId();
    const account = await accounts.createAccount({
      id,
      email,
      passwordHash: await passwords.hash(password),
      allowTraining: false,
      createdAt: Date.now(),
    });
    // The store decides who was first; what it has then is another's.
    if (account.id !== id) {
      throw new GatewayError('conflict', 'There is an account with this email already. Sign in instead.', {
        param: 'email',
        metadata: { reason: 'email_taken' },
      });
    }
    await sessions.start(req, res, id);
    res.status(201).json({ data: writeProfile(account) });
  };
}

function signUpClosed(): GatewayError {
  return new GatewayError('permission_denied', 'New accounts are made by the operator here.', {
    metadata: { reason: 'sign_up_closed' },
  });
}
