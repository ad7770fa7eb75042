import type { Sessions } from '@onerouter/auth';
import { GatewayError, readJsonBody } from '@onerouter/core';
import type { Request, RequestHandler, Response } from 'express';
import { callbackify } from 'node:util';
import passportStatic from 'passport';
import { Strategy as LocalStrategy } from 'passport-local';
import type { Account, AccountStore } from '../account-store.ts';
import type { Attempts } from './attempts.ts';
import type { PasswordWork } from './password-work.ts';
import { writeProfile } from './profile.ts';
import { signInRequest } from './sign-in-requests.ts';

export interface PasswordSignInOptions {
  readonly accounts: Pick<AccountStore, 'findAccount' | 'findAccountByEmail'>;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly passwords: PasswordWork;
}

/** `POST /auth/sign-in`: says the same, after the same time, of a wrong password and of an email that nobody has. */
export function passwordSignIn(options: PasswordSignInOptions): RequestHandler {
  const { accounts, sessions, attempts, passwords } = options;

  const check = callbackify(async (email: string, password: string): Promise<Account | false> => {
    const account = await accounts.findAccountByEmail(email);
    const right = await passwords.verify(password, account?.passwordHash ?? null);
    return account && right ? account : false;
  });
  // An instance of its own: a foreign server's passport, its sessions and strategies stay untouched.
  const passport = new passportStatic.Passport();
  passport.use(
    'password',
    new LocalStrategy({ usernameField: 'email', session: false }, (email, password, done) => {
      check(email, password, (err, account) => done(err, account ?? false));
    }),
  );
  const authenticate = (req: Request, res: Response): Promise<Account | undefined> =>
    new Promise((resolve, reject) => {
      const decide = (err: unknown, account?: unknown): void => {
        if (err) reject(err);
        else resolve(account ? (account as Account) : undefined);
      };
      (passport.authenticate('password', { session: false }, decide) as RequestHandler)(req, res, reject);
    });

  return async function passwordSignIn(req, res) {
    const asked = await readJsonBody(req, signInRequest);
    const attempt = await attempts.take('sign_in', req, asked.email);
    req.body = asked;
    const account = await authenticate(req, res);
    if (!account) throw wrongPassword();
    const session = await sessions.start(req, res, account.id);
    // The password may have been changed while it was compared; then all sessions were ended before this one began.
    const now = await accounts.findAccount(account.id);
    if (now?.passwordHash !== account.passwordHash) {
      await sessions.endOne(account.id, session.hash);
      throw wrongPassword();
    }
    await attempt.forgive();
    res.json({ data: writeProfile(account) });
  };
}

function wrongPassword(): GatewayError {
  return new GatewayError('authentication', 'Email or password is wrong.', {
    metadata: { reason: 'wrong_password' },
  });
}
