import { callbackify } from 'node:util';
import {
  exchangeSlot,
  principalSlot,
  warningLog,
  type Log,
  type Principal,
  type PrincipalKind,
} from '@onerouter/core';
import type { Request, RequestHandler, Response } from 'express';
import passportStatic from 'passport';
import { HeaderBearer } from './header-bearer.ts';
import { KeyCache, type KeyCacheOptions } from './key-cache.ts';
import type { KeyRecord, KeyStore } from './key-store.ts';
import { hashKey, keyKind } from './keys.ts';
import { AuthError, wrongKind, type Refusal } from './refusals.ts';

export interface BearerAuthOptions extends KeyCacheOptions {
  /** Where keys are looked up. A {@link KeyCache} is used as it is; anything else gets a cache of its own. */
  readonly keys: KeyStore;
  /**
   * Kinds of caller that may pass. Keys are looked up here; a caller of kind `session` is one that `sessionAuth()`,
   * mounted in front, has found.
   *
   * @default ['api']
   */
  readonly kinds?: readonly PrincipalKind[];
  /** Where failures of the key store are reported; keys are never part of it. @default process warnings */
  readonly log?: Log;
}

export const DEFAULT_KINDS: readonly PrincipalKind[] = ['api'];
/** `Retry-After` of the answer while the key store is away. */
export const STORE_AWAY_RETRY_MS = 1_000;

/** The middleware, and how to make it forget a key. */
export interface BearerAuth extends RequestHandler {
  /** Forgets what is cached of a key, so that its next call is checked against the store. */
  invalidate(hash: string): void;
}

/**
 * Lets in calls that carry a valid key, and tells the rest of the chain who calls. A call without an `Authorization`
 * header passes as it is when `principalSlot` holds a caller of one of the kinds already.
 *
 * Errors: 401 `authentication` without a valid key, 403 `permission_denied` with a key of the wrong kind,
 * 503 `unavailable` while the key store cannot be asked.
 *
 * @throws {RangeError} on options out of range
 */
export function bearerAuth(options: BearerAuthOptions): BearerAuth {
  const { keys, kinds = DEFAULT_KINDS, log = warningLog } = options;
  const cache = keys instanceof KeyCache ? keys : new KeyCache(keys, options);

  const findKey = callbackify((hash: string) => cache.find(hash));

  const judge = (record: KeyRecord | undefined, token: string): Principal | AuthError => {
    const refusal = refuse(record, token, kinds);
    return refusal === undefined && record ? principalOf(record) : new AuthError(refusal ?? 'unknown');
  };
  // An instance of its own: a foreign server's passport, its sessions and strategies stay untouched.
  const passport = new passportStatic.Passport();
  passport.use(
    'bearer',
    new HeaderBearer((token, done) => {
      const hash = hashKey(token);
      const cached = cache.peek(hash);
      if (cached !== undefined) return done(null, judge(cached === 'none' ? undefined : cached, token));
      findKey(hash, (err, record) => {
        if (!err) return done(null, judge(record, token));
        log.error({ err }, 'Keys cannot be looked up; calls are refused until they can.');
        done(null, new AuthError('store_away', { cause: err, retryAfterMs: STORE_AWAY_RETRY_MS }));
      });
    }),
  );

  // Passport makes an object with functions on it for each request, which keep the whole request alive until the next
  // full garbage collection. A key that was seen good within the cache's time need not pay for that.
  const recentlyGood = (req: Request): Principal | undefined => {
    const token = TOKEN.exec(req.headers.authorization ?? '')?.[1];
    const record = token === undefined ? undefined : cache.peek(hashKey(token));
    if (token === undefined || record === undefined || record === 'none') return undefined;
    const verdict = judge(record, token);
    return isPrincipal(verdict) ? verdict : undefined;
  };

  const middleware: RequestHandler = function bearerAuth(req, res, next) {
    const known = recentlyGood(req);
    if (known) {
      admit(req, known);
      return next();
    }
    const before = req.headers.authorization === undefined ? principalSlot.peek(req) : undefined;
    if (before && kinds.includes(before.kind)) {
      admit(req, before);
      return next();
    }
    const decide = (_err: unknown, verdict: unknown): void => {
      if (isPrincipal(verdict)) {
        admit(req, verdict);
        return next();
      }
      const error = verdict instanceof AuthError ? verdict : new AuthError(whyNoToken(req));
      challenge(res, error);
      next(error);
    };
    (passport.authenticate('bearer', { session: false }, decide) as RequestHandler)(req, res, next);
  };
  return Object.assign(middleware, { invalidate: (hash: string) => cache.invalidate(hash) });
}

/** The usual form; whatever else the scheme allows goes to passport. */
const TOKEN = /^Bearer (\S+)$/;

function refuse(
  record: KeyRecord | undefined,
  token: string,
  kinds: readonly PrincipalKind[],
): Refusal | undefined {
  if (!record) return keyKind(token) === undefined ? 'foreign' : 'unknown';
  if (record.disabled) return 'disabled';
  if (record.expiresAt !== null && record.expiresAt <= Date.now()) return 'expired';
  if (!kinds.includes(record.kind)) return wrongKind(kinds);
  return undefined;
}

function principalOf(record: KeyRecord): Principal {
  return {
    kind: record.kind,
    accountId: record.accountId,
    keyId: record.hash,
    keyName: record.name,
    keyLabel: record.label,
    keyLimit: record.limit,
    keyLimitReset: record.limitReset,
    allowTraining: record.allowTraining,
  };
}

function admit(req: Request, principal: Principal): void {
  principalSlot.set(req, principal);
  const exchange = exchangeSlot.peek(req);
  if (exchange) {
    exchange.record.accountId = principal.accountId;
    exchange.record.keyId = principal.keyId;
  }
}

function whyNoToken(req: Request): Refusal {
  if (req.headers.authorization) return 'malformed';
  return new URLSearchParams(req.url.split('?')[1]).has('access_token') ? 'misplaced' : 'missing';
}

function challenge(res: Response, error: AuthError): void {
  if (error.challenge !== undefined) res.setHeader('WWW-Authenticate', error.challenge);
}

function isPrincipal(verdict: unknown): verdict is Principal {
  return typeof verdict === 'object' && verdict !== null && 'accountId' in verdict;
}
