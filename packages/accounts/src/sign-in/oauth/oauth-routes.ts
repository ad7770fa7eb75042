import { hashKey, secretCookie, type Sessions } from '@onerouter/auth';
import { GatewayError, loggableError, type Log } from '@onerouter/core';
import { Router, type Request, type Response } from 'express';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomPKCECodeVerifier,
} from 'openid-client';
import { z } from 'zod';
import type { Attempts } from '../attempts.ts';
import type { Tickets } from '../tickets.ts';
import type { OAuthProvider, VouchedPerson } from './oauth-provider.ts';
import { resolveAccount, type OAuthRefusal, type ResolveAccountOptions } from './resolve-account.ts';
import { readReturnTo } from './return-to.ts';

/** How long a person may take at the service: ten minutes. */
export const OAUTH_TTL_MS: number = 10 * 60_000;
const COOKIE = 'onerouter_oauth';

/** What a failed sign-in adds to the address of the sign-in page, as `?error=`. */
export type OAuthProblem = OAuthRefusal | 'oauth_denied' | 'oauth_expired' | 'oauth_failed';

export interface OAuthRoutesOptions extends ResolveAccountOptions {
  readonly providers: readonly OAuthProvider[];
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly attempts: Attempts;
  /** Where the service sends browsers back to, without `/{provider}/callback`. */
  readonly callbackBase: string;
  /** Path of the sign-in page. */
  readonly signInPage: string;
  readonly secure: boolean;
  readonly log: Log;
}

const started = z.object({
  provider: z.string(),
  verifier: z.string(),
  nonce: z.string(),
  browser: z.string(),
  returnTo: z.string(),
});

/** `GET /auth/oauth/{provider}` and its `/callback`: signing in through a service that vouches for people. */
export function oauthRoutes(options: OAuthRoutesOptions): Router {
  const router = Router();
  const cookie = secretCookie({ name: COOKIE, secure: options.secure });
  const byName = new Map<string, OAuthProvider>(
    options.providers.map((provider) => [provider.name, provider]),
  );
  router.get('/auth/oauth/:provider', begin);
  router.get('/auth/oauth/:provider/callback', finish);
  return router;

  async function begin(req: Request, res: Response): Promise<void> {
    const provider = providerOf(req);
    const returnTo = readReturnTo(req.query['return_to']);
    await options.attempts.take('oauth', req);
    const [browser, nonce] = [randomSecret(), randomSecret()];
    const verifier = randomPKCECodeVerifier();
    const data: z.infer<typeof started> = {
      provider: provider.name,
      verifier,
      nonce,
      returnTo,
      browser: hashKey(browser),
    };
    const state = await options.tickets.issue('oauth_state', data, OAUTH_TTL_MS);
    // The state alone could be another browser's, whose visitor would then be signed in as somebody else.
    cookie.write(req, res, browser, OAUTH_TTL_MS);
    const url = buildAuthorizationUrl(provider.configuration, {
      redirect_uri: callbackOf(provider),
      scope: provider.scope,
      state,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(provider.openId && { nonce }),
    });
    res.redirect(302, url.href);
  }

  async function finish(req: Request, res: Response): Promise<void> {
    const provider = providerOf(req);
    const state = typeof req.query['state'] === 'string' ? req.query['state'] : '';
    const begun = started.safeParse(await options.tickets.redeem('oauth_state', state)).data;
    const browser = cookie.read(req);
    cookie.clear(req, res);
    if (
      begun?.provider !== provider.name ||
      browser === undefined ||
      !sameText(hashKey(browser), begun.browser)
    ) {
      return fail(res, 'oauth_expired');
    }
    if (req.query['error'] !== undefined) return fail(res, 'oauth_denied');
    let person: VouchedPerson;
    try {
      const checks = { pkceCodeVerifier: begun.verifier, expectedState: state };
      const tokens = await authorizationCodeGrant(
        provider.configuration,
        new URL(callbackOf(provider) + search(req)),
        provider.openId ? { ...checks, expectedNonce: begun.nonce, idTokenExpected: true } : checks,
      );
      person = await provider.identify(tokens);
    } catch (err) {
      options.log.warn({ err: loggableError(err), provider: provider.name }, 'A sign-in by OAuth failed.');
      return fail(res, 'oauth_failed');
    }
    const signedIn = (await options.sessions.find(req))?.accountId;
    const identity = { provider: provider.name, subject: person.subject };
    const account = await resolveAccount(options, identity, person, signedIn);
    if (typeof account === 'string') return fail(res, account);
    await options.sessions.start(req, res, account.id);
    res.redirect(302, begun.returnTo);
  }

  function providerOf(req: Request): OAuthProvider {
    const provider = byName.get(String(req.params['provider']));
    if (provider) return provider;
    throw new GatewayError('not_found', 'This server is not connected to that service.', {
      param: 'provider',
    });
  }

  function callbackOf({ name }: OAuthProvider): string {
    return `${options.callbackBase}/${name}/callback`;
  }

  function fail(res: Response, problem: OAuthProblem): void {
    res.redirect(302, `${options.signInPage}?error=${problem}`);
  }
}

function search(req: Request): string {
  const at = req.originalUrl.indexOf('?');
  return at === -1 ? '' : req.originalUrl.slice(at);
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
