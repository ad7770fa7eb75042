import { hashKey, type Sessions } from '@onerouter/auth';
import { GatewayError, loggableError, readJsonBody, type Log } from '@onerouter/core';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Account, AccountStore } from '../account-store.ts';
import type { Attempts } from './attempts.ts';
import type { PasswordWork } from './password-work.ts';
import type { Sender } from './sender.ts';
import { forgotPasswordRequest, resetPasswordRequest } from './sign-in-requests.ts';
import type { Tickets } from './tickets.ts';

/** How long the link of a reset is good for: half an hour. */
export const RESET_TTL_MS: number = 30 * 60_000;

export interface PasswordResetOptions {
  readonly accounts: Pick<AccountStore, 'findAccount' | 'findAccountByEmail' | 'updateAccount'>;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly attempts: Attempts;
  readonly passwords: PasswordWork;
  readonly sender: Sender | undefined;
  /** Address of the page that takes `?token=`; never from the request, whose `Host` anybody may write. */
  readonly resetPage: string;
  readonly log: Log;
}

const resetData = z.object({ account: z.string(), password: z.string() });

/** `POST /auth/password/forgot`: answers before it looks, so that nobody learns whose email is known here. */
export function forgotPassword(options: PasswordResetOptions): RequestHandler {
  const { accounts, tickets, attempts, sender, resetPage, log } = options;

  const sendLink = async (email: string, by: Sender): Promise<void> => {
    const account = await accounts.findAccountByEmail(email);
    if (!account) return;
    const data = { account: account.id, password: fingerprint(account) };
    const token = await tickets.issue('password_reset', data, RESET_TTL_MS);
    // To the address that was stored, not to the one that was typed.
    await by.send({ to: account.email, subject: 'Set a new password', text: letter(resetPage, token) });
  };

  return async function forgotPassword(req, res) {
    if (!sender) throw noSender();
    const { email } = await readJsonBody(req, forgotPasswordRequest);
    await attempts.take('forgot', req, email);
    void sendLink(email, sender).catch(reportFailure);
    res.json({ data: { sent: true } });
  };

  function reportFailure(err: unknown): void {
    log.error({ err: loggableError(err) }, 'The link for a new password could not be sent.');
  }
}

/** `POST /auth/password/reset`: sets a password by a link, once, and ends all sessions. */
export function resetPassword(options: PasswordResetOptions): RequestHandler {
  const { accounts, sessions, tickets, attempts, passwords } = options;
  return async function resetPassword(req, res) {
    const { token, password } = await readJsonBody(req, resetPasswordRequest);
    await attempts.take('reset', req);
    const data = resetData.safeParse(await tickets.redeem('password_reset', token)).data;
    const account = data && (await accounts.findAccount(data.account));
    // A link that was sent before the password last changed is worthless, so that old mail opens nothing.
    if (!account || data.password !== fingerprint(account)) throw badToken();
    const passwordHash = await passwords.hash(password);
    await accounts.updateAccount(account.id, { passwordHash, emailVerified: true });
    await sessions.endAll(account.id);
    res.json({ data: { reset: true } });
  };
}

/** Changes with the password, and tells nothing of it. */
function fingerprint({ passwordHash }: Account): string {
  return hashKey(passwordHash ?? '');
}

function letter(resetPage: string, token: string): string {
  return [
    'Somebody, we hope you, asked for a new password for your account.',
    '',
    `Set it here within ${RESET_TTL_MS / 60_000} minutes:`,
    `${resetPage}?token=${token}`,
    '',
    'If it was not you, there is nothing to do: your password stays as it is.',
  ].join('\n');
}

function noSender(): GatewayError {
  return new GatewayError('not_found', 'Passwords cannot be reset by email here. Ask the operator.', {
    metadata: { reason: 'no_sender' },
  });
}

function badToken(): GatewayError {
  return new GatewayError('invalid_request', 'This link was used already or is too old. Ask for a new one.', {
    param: 'token',
    metadata: { reason: 'bad_token' },
  });
}
