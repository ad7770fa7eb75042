import { callbackify } from 'node:util';
import {
  defineSlot,
  exchangeSlot,
  principalSlot,
  warningLog,
  type Log,
  type Principal,
  type Slot,
} from '@onerouter/core';
import type { Request, RequestHandler } from 'express';
import passportStatic from 'passport';
import CustomStrategy from 'passport-custom';
import { STORE_AWAY_RETRY_MS } from './bearer-auth.ts';
import { sessionSecretSlot } from './caller-secret.ts';
import { AuthError } from './refusals.ts';
import { crossOriginError, isCrossOrigin } from './same-origin.ts';
import type { SessionRecord } from './session-store.ts';
import type { Sessions } from './sessions.ts';

/** What stands in the place of a key's id and name where a person calls without one. */
export const SESSION_KEY_ID = 'session';
export const SESSION_KEY_NAME = 'Chat';

/** The session that a call came with. Filled by `sessionAuth()`. */
export const sessionSlot: Slot<SessionRecord> = defineSlot('session', 'sessionAuth()');

export interface SessionAuthOptions {
  readonly sessions: Pick<Sessions, 'secretOf' | 'find'>;
  /** Where the account of a session is looked up. An `AccountStore` is one. */
  readonly accounts: {
    findAccount(id: string): Promise<{ readonly allowTraining: boolean } | undefined>;
  };
  /** Where failures of the stores are reported; secrets are never part of it. @default process warnings */
  readonly log?: Log | undefined;
}

/**
 * Tells the rest of the chain which signed-in person calls: fills `principalSlot` (kind `session`) and
 * {@link sessionSlot}. Calls with an `Authorization` header or without a session pass unchanged; whether they may go on is
 * `bearerAuth()`'s to say, mounted behind with `kinds` that include `session`.
 *
 * Errors: 403 `permission_denied` when another site's page sends the cookie along with a request that may change
 * something; 503 `unavailable` while a store cannot be asked.
 */
export function sessionAuth(options: SessionAuthOptions): RequestHandler {
  const { sessions, accounts, log = warningLog } = options;

  const findCaller = callbackify(async (req: Request): Promise<Caller | undefined> => {
    const session = await sessions.find(req);
    const account = session && (await accounts.findAccount(session.accountId));
    return account && { session, principal: principalOf(session.accountId, account.allowTraining) };
  });
  // An instance of its own: a foreign server's passport, its sessions and strategies stay untouched.
  const passport = new passportStatic.Passport();
  passport.use(
    'session-cookie',
    new CustomStrategy((req, done) => {
      findCaller(req, (err, caller) => done(err, caller ?? false));
    }),
  );

  return function sessionAuth(req, res, next) {
    const secret = req.headers.authorization === undefined ? sessions.secretOf(req) : undefined;
    if (secret === undefined) return next();
    if (isCrossOrigin(req)) return next(crossOriginError());
    const decide = (err: unknown, caller?: unknown): void => {
      if (err) {
        log.error({ err }, 'Sessions cannot be looked up; nobody is signed in until they can.');
        return next(new AuthError('store_away', { cause: err, retryAfterMs: STORE_AWAY_RETRY_MS }));
      }
      if (isCaller(caller)) {
        admit(req, caller);
        sessionSecretSlot.set(req, secret);
      }
      next();
    };
    (passport.authenticate('session-cookie', { session: false }, decide) as RequestHandler)(req, res, next);
  };
}

interface Caller {
  readonly session: SessionRecord;
  readonly principal: Principal;
}

function isCaller(value: unknown): value is Caller {
  return typeof value === 'object' && value !== null && 'principal' in value;
}

function principalOf(accountId: string, allowTraining: boolean): Principal {
  return {
    kind: 'session',
    accountId,
    keyId: SESSION_KEY_ID,
    keyName: SESSION_KEY_NAME,
    keyLabel: SESSION_KEY_NAME,
    keyLimit: null,
    keyLimitReset: null,
    allowTraining,
  };
}

function admit(req: Request, { session, principal }: Caller): void {
  sessionSlot.set(req, session);
  principalSlot.set(req, principal);
  const exchange = exchangeSlot.peek(req);
  if (exchange) {
    exchange.record.accountId = principal.accountId;
    exchange.record.keyId = principal.keyId;
  }
}
