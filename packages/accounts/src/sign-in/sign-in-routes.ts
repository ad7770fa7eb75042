import { requireSameOrigin, type Sessions } from '@onerouter/auth';
import { warningLog, type Log } from '@onerouter/core';
import cors from 'cors';
import { Router, type RequestHandler } from 'express';
import type { AccountStore } from '../account-store.ts';
import type { ScryptCost } from '../passwords.ts';
import { storeFailures } from '../store-failures.ts';
import { createAttempts, type AttemptsOptions } from './attempts.ts';
import { exchangeCode } from './key-codes/exchange-code.ts';
import { noStore } from './no-store.ts';
import { github, type GitHubOptions } from './oauth/github.ts';
import { google, type GoogleOptions } from './oauth/google.ts';
import { oauthRoutes } from './oauth/oauth-routes.ts';
import type { OAuthProvider } from './oauth/oauth-provider.ts';
import { forgotPassword, resetPassword } from './password-reset.ts';
import { passwordSignIn } from './password-sign-in.ts';
import { createPasswordWork } from './password-work.ts';
import { readPublicUrl } from './public-url.ts';
import type { Sender } from './sender.ts';
import { signUp } from './sign-up.ts';
import type { TicketStore } from './ticket-store.ts';
import { createTickets } from './tickets.ts';

export interface SignInRoutesOptions extends AttemptsOptions {
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  readonly tickets: TicketStore;
  /** Whether people may make accounts by themselves. @default true */
  readonly signUp?: boolean | undefined;
  /** Delivers the link for a new password. @default none: passwords cannot be reset by email */
  readonly sender?: Sender | undefined;
  /** Services that vouch for people. @default none */
  readonly oauth?:
    { readonly github?: GitHubOptions | undefined; readonly google?: GoogleOptions | undefined } | undefined;
  /** Address of this server as browsers know it: `https://router.example.com`. Needed for `sender` and `oauth`. */
  readonly publicUrl?: string | undefined;
  /** Where these routes are mounted, for the address that services send browsers back to. @default '/api/v1' */
  readonly apiPath?: string | undefined;
  /** Paths of pages: of the sign-in, which is given `?error=`, and of the new password, which is given `?token=`. */
  readonly pages?: { readonly signIn?: string | undefined; readonly reset?: string | undefined } | undefined;
  /** Called with the hash of a key that a code made. @default nothing */
  readonly onKeyChange?: ((hash: string) => void) | undefined;
  /** Cost of a password's hash. @default {@link DEFAULT_SCRYPT_COST} */
  readonly passwordCost?: ScryptCost | undefined;
  /** The clock for single-use secrets, in milliseconds. @default Date.now */
  readonly now?: (() => number) | undefined;
  /** Where failures are reported; never with passwords or secrets. @default process warnings */
  readonly log?: Log | undefined;
}

/**
 * Ways in, for callers without a key: `/auth/sign-up`, `/auth/sign-in`, `/auth/sign-out`, `/auth/methods`,
 * `/auth/password/…`, `/auth/oauth/…`, and `POST /auth/keys`, where apps change a code for a key. Mount it in front of
 * `bearerAuth()`.
 *
 * @throws {TypeError} when `sender` or `oauth` are given without a usable `publicUrl`
 */
export function signInRoutes(options: SignInRoutesOptions): Router {
  const { accounts, sessions, sender, onKeyChange, log = warningLog, pages = {} } = options;
  const providers = providersOf(options);
  const publicUrl = readPublicUrl(options.publicUrl, sender !== undefined || providers.length > 0);
  const open = options.signUp ?? true;
  const tickets = createTickets(options.tickets, options.now);
  const attempts = createAttempts(options);
  const passwords = createPasswordWork(options.passwordCost);
  const resetPage = `${publicUrl}${pages.reset ?? '/reset'}`;
  const reset = { accounts, sessions, tickets, attempts, passwords, sender, resetPage, log };
  const router = Router();
  const ours = requireSameOrigin();
  router.use('/auth', noStore());
  router.get('/auth/methods', methods(open, sender !== undefined, providers));
  router.post('/auth/sign-up', ours, signUp({ accounts, sessions, attempts, passwords, open }));
  router.post('/auth/sign-in', ours, passwordSignIn({ accounts, sessions, attempts, passwords }));
  router.post('/auth/sign-out', ours, signOut(sessions));
  router.post('/auth/password/forgot', ours, forgotPassword(reset));
  router.post('/auth/password/reset', ours, resetPassword(reset));
  // Apps of other origins change their code in the browser; no cookie counts here.
  router.options('/auth/keys', cors({ methods: ['POST'] }));
  router.post('/auth/keys', cors(), exchangeCode({ accounts, tickets, attempts, onKeyChange }));
  router.use(
    oauthRoutes({
      providers,
      accounts,
      sessions,
      tickets,
      attempts,
      log,
      signUp: open,
      callbackBase: `${publicUrl}${options.apiPath ?? '/api/v1'}/auth/oauth`,
      signInPage: pages.signIn ?? '/sign-in',
      secure: publicUrl.startsWith('https:'),
    }),
  );
  router.use(storeFailures({ log }));
  return router;
}

function providersOf({ oauth = {} }: SignInRoutesOptions): readonly OAuthProvider[] {
  return [...(oauth.github ? [github(oauth.github)] : []), ...(oauth.google ? [google(oauth.google)] : [])];
}

function methods(signUp: boolean, reset: boolean, providers: readonly OAuthProvider[]): RequestHandler {
  const data = { password: true, sign_up: signUp, reset, oauth: providers.map(({ name }) => name) };
  return function methods(_req, res) {
    res.json({ data });
  };
}

function signOut(sessions: Sessions): RequestHandler {
  return async function signOut(req, res) {
    await sessions.end(req, res);
    res.json({ data: { signed_out: true } });
  };
}
