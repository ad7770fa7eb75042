import type { Sessions } from '@onerouter/auth';
import { GatewayError, readJsonBody } from '@onerouter/core';
import type { RequestHandler } from 'express';
import type { AccountStore } from '../account-store.ts';
import { ownAccount } from './account-settings.ts';
import type { Attempts } from './attempts.ts';
import type { PasswordWork } from './password-work.ts';
import { writeProfile } from './profile.ts';
import { changePasswordRequest } from './sign-in-requests.ts';

export interface ChangePasswordOptions {
  readonly accounts: Pick<AccountStore, 'findAccount' | 'updateAccount'>;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly passwords: PasswordWork;
}

/**
 * `POST /account/password`: sets a password, ends all other sessions, and goes on under a new one. An account that has a
 * password has to say it; one that came through an identity has none to say.
 */
export function changePassword({
  accounts,
  sessions,
  attempts,
  passwords,
}: ChangePasswordOptions): RequestHandler {
  return async function changePassword(req, res) {
    const asked = await readJsonBody(req, changePasswordRequest);
    const account = await ownAccount(accounts, req);
    if (account.passwordHash !== null) {
      const attempt = await attempts.take('password', req, account.id);
      const right = await passwords.verify(asked.current_password ?? '', account.passwordHash);
      if (!right) throw wrongCurrent();
      await attempt.forgive();
    }
    const passwordHash = await passwords.hash(asked.password);
    const changed = (await accounts.updateAccount(account.id, { passwordHash })) ?? account;
    await sessions.endAll(account.id);
    await sessions.start(req, res, account.id);
    res.json({ data: writeProfile(changed) });
  };
}

function wrongCurrent(): GatewayError {
  return new GatewayError('permission_denied', 'The current password is wrong.', {
    param: 'current_password',
    metadata: { reason: 'wrong_password' },
  });
}
