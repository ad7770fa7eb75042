import { hashKey } from '@onerouter/auth';
import { GatewayError } from '@onerouter/core';
import { memoryLimiter, type PointLimiter } from '@onerouter/limits';
import type { Request } from 'express';
import { clientAddress } from './client-address.ts';

/** Length of the window that attempts are counted in by default: a quarter of an hour. */
export const ATTEMPTS_WINDOW_MS: number = 15 * 60_000;

/** What is counted. */
export type AttemptKind = 'sign_in' | 'sign_up' | 'forgot' | 'reset' | 'oauth' | 'password' | 'key_code';

/** How many attempts a window has room for. */
export interface AttemptLimit {
  /** From one address, or one network of IPv6. */
  readonly perIp: number;
  /** For one email or account, from wherever. @default no limit of its own */
  readonly perName?: number | undefined;
}

/** Successful sign-ins and changes of password are not counted; everything else is. */
export const DEFAULT_ATTEMPTS: Readonly<Record<AttemptKind, AttemptLimit>> = {
  sign_in: { perIp: 50, perName: 10 },
  sign_up: { perIp: 20 },
  forgot: { perIp: 10, perName: 3 },
  reset: { perIp: 20 },
  oauth: { perIp: 60 },
  password: { perIp: 50, perName: 10 },
  key_code: { perIp: 100 },
};

export interface AttemptsOptions {
  /**
   * Counts attempts, in windows of its `duration`; several processes need one that they share. Every limiter of
   * `rate-limiter-flexible` is one.
   *
   * @default in this process, in windows of 15 minutes
   */
  readonly limiter?: PointLimiter | undefined;
  /** @default {@link DEFAULT_ATTEMPTS} */
  readonly attempts?: Partial<Readonly<Record<AttemptKind, AttemptLimit>>> | undefined;
}

/** An attempt that was let in. */
export interface Attempt {
  /** Takes it back, when it turned out to be who it said. */
  forgive(): Promise<void>;
}

export interface Attempts {
  /**
   * Counts an attempt before it is made, so that many at once are no more than many in turn.
   *
   * @param name the email or account it is for
   * @throws {GatewayError} `rate_limit_exceeded` 429 with `Retry-After`
   */
  take(kind: AttemptKind, req: Request, name?: string): Promise<Attempt>;
}

export function createAttempts(options: AttemptsOptions): Attempts {
  const limiter = options.limiter ?? memoryLimiter(ATTEMPTS_WINDOW_MS);
  const limits = { ...DEFAULT_ATTEMPTS, ...options.attempts };

  const count = async (counter: string, limit: number): Promise<void> => {
    const { consumedPoints, msBeforeNext } = await limiter.penalty(counter, 1);
    if (consumedPoints > limit) throw tooMany(msBeforeNext);
  };
  return {
    async take(kind, req, name) {
      const { perIp, perName } = limits[kind];
      const address = `${kind}:ip:${clientAddress(req.ip)}`;
      // The address first: who is over that limit must not use up somebody else's.
      await count(address, perIp);
      const counters = [address];
      if (name !== undefined && perName !== undefined) {
        // Hashed, so that no list of emails comes into being, and none that is long.
        const counter = `${kind}:name:${hashKey(name)}`;
        await count(counter, perName);
        counters.push(counter);
      }
      return {
        async forgive() {
          for (const counter of counters) await limiter.reward(counter, 1);
        },
      };
    },
  };
}

function tooMany(retryAfterMs: number): GatewayError {
  const minutes = Math.max(1, Math.ceil(retryAfterMs / 60_000));
  return new GatewayError(
    'rate_limit_exceeded',
    `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    { retryAfterMs: Math.max(1_000, retryAfterMs), metadata: { reason: 'too_many_attempts' } },
  );
}
