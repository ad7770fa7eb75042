import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { hashKey } from './keys.ts';
import { secretCookie } from './session-cookie.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';

export const SESSION_COOKIE = 'onerouter_session';
/** How long a session lasts that is not used: a week. */
export const DEFAULT_IDLE_MS: number = 7 * 24 * 3_600_000;
/** How long a session lasts however much it is used: 30 days. */
export const DEFAULT_ABSOLUTE_MS: number = 30 * 24 * 3_600_000;
/** A session in use is written this often at most. */
export const SIGHTING_MS = 60_000;
/** Of what browsers call themselves, this much is kept. */
export const MAX_USER_AGENT = 256;

export interface SessionsOptions {
  readonly store: SessionStore;
  /** How long a session lasts that is not used. @default 604800000 (7 days) */
  readonly idleMs?: number | undefined;
  /** How long a session lasts however much it is used. @default 2592000000 (30 days) */
  readonly absoluteMs?: number | undefined;
  /**
   * Whether browsers reach this server through TLS. Set it where a proxy ends TLS that Express is not told to trust.
   *
   * @default what `req.secure` says
   */
  readonly secure?: boolean | undefined;
  /** The clock, in milliseconds since the epoch. @default Date.now */
  readonly now?: (() => number) | undefined;
}

/** Sessions of browsers: a secret in a cookie, its hash in the store. */
export interface Sessions {
  /** The secret that a request carries, whatever it is worth. */
  secretOf(req: Request): string | undefined;
  /** The session of a request; notes that it was seen. `undefined` without one, or with one that is over. */
  find(req: Request): Promise<SessionRecord | undefined>;
  /** Signs a browser in, under a new secret. The session that it came with is over. */
  start(req: Request, res: Response, accountId: string): Promise<SessionRecord>;
  /** Signs a browser out. @returns whether it was signed in */
  end(req: Request, res: Response): Promise<boolean>;
  /** An account's sessions that are not over, the last seen first. */
  list(accountId: string): Promise<readonly SessionRecord[]>;
  /** Ends one session of an account. @returns whether the account had it */
  endOne(accountId: string, hash: string): Promise<boolean>;
  /** Ends an account's sessions. @returns how many there were */
  endAll(accountId: string, exceptHash?: string): Promise<number>;
}

/** @throws {RangeError} on times that are not above zero */
export function createSessions(options: SessionsOptions): Sessions {
  const { store, idleMs = DEFAULT_IDLE_MS, absoluteMs = DEFAULT_ABSOLUTE_MS, now = Date.now } = options;
  if (!(idleMs > 0 && absoluteMs > 0)) throw new RangeError('idleMs and absoluteMs must be above 0.');
  const cookie = secretCookie({ name: SESSION_COOKIE, secure: options.secure });

  const live = async (req: Request): Promise<SessionRecord | undefined> => {
    const secret = cookie.read(req);
    const session = secret === undefined ? undefined : await store.find(hashKey(secret));
    return session && session.expiresAt > now() ? session : undefined;
  };
  const expiry = (createdAt: number, seenAt: number): number =>
    Math.min(createdAt + absoluteMs, seenAt + idleMs);

  return {
    secretOf: (req) => cookie.read(req),
    async find(req) {
      const session = await live(req);
      const at = now();
      if (!session || at - session.lastSeenAt < SIGHTING_MS) return session;
      const sighting = { lastSeenAt: at, expiresAt: expiry(session.createdAt, at) };
      await store.touch(session.hash, sighting);
      return { ...session, ...sighting };
    },
    async start(req, res, accountId) {
      // Never the secret that came with the request: somebody else may have planted it.
      const before = await live(req);
      if (before) await store.delete(before.accountId, before.hash);
      const secret = randomBytes(32).toString('base64url');
      const at = now();
      const session: SessionRecord = {
        hash: hashKey(secret),
        accountId,
        createdAt: at,
        lastSeenAt: at,
        expiresAt: expiry(at, at),
        userAgent: req.headers['user-agent']?.slice(0, MAX_USER_AGENT) ?? null,
      };
      await store.save(session);
      cookie.write(req, res, secret, absoluteMs);
      return session;
    },
    async end(req, res) {
      const session = await live(req);
      cookie.clear(req, res);
      return session !== undefined && store.delete(session.accountId, session.hash);
    },
    async list(accountId) {
      const at = now();
      return (await store.list(accountId)).filter(({ expiresAt }) => expiresAt > at);
    },
    endOne: (accountId, hash) => store.delete(accountId, hash),
    endAll: (accountId, exceptHash) => store.deleteAll(accountId, exceptHash),
  };
}
