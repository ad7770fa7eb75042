import {
  bodySlot,
  exchangeSlot,
  GatewayError,
  principalSlot,
  warningLog,
  type Log,
  type PerRequest,
  type Principal,
  type RequestFacts,
} from '@onerouter/core';
import type { Request, RequestHandler, Response } from 'express';
import { DEFAULT_OUTPUT_TOKENS, estimateTokens, tokenPoints, usedTokens } from './estimate.ts';
import { tightest, tooMany, writeHeaders } from './headers.ts';
import { memoryLimiter, WINDOW_MS, type PointLimiter } from './point-limiter.ts';
import { ratesOf, type Rate, type RateLimits } from './rates.ts';
import { Tally, type Taken } from './tally.ts';

/** `Retry-After` of the answer while the limiter's store is away. */
export const LIMITER_AWAY_RETRY_MS = 1_000;

export interface RateLimitOptions {
  /** What is allowed: the same for everybody, or by request. @default none: nothing is limited */
  readonly limits?: PerRequest<RateLimits | undefined>;
  /** Where points are counted. @default memoryLimiter(), in this process alone */
  readonly limiter?: PointLimiter;
  /** Output tokens to count for each choice where the client names no limit. @default 4096 */
  readonly outputTokens?: number;
  /** Whether requests pass unlimited while the limiter's store fails, instead of being refused. @default false */
  readonly failOpen?: boolean;
  /** Who calls. @default what `bearerAuth()` found */
  readonly principal?: PerRequest<Principal>;
  /** What is asked. @default what `readBody()` read; without it tokens are not counted before they are used */
  readonly facts?: PerRequest<RequestFacts | undefined>;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** Where failures of the limiter's store are reported. @default process warnings */
  readonly log?: Log;
}

/**
 * Limits requests and tokens a minute, for each key and for each account. Tokens are estimated before the exchange and
 * corrected when it has ended; a request that is refused counts for nothing.
 *
 * Raises (as `next(error)`) `rate_limit_exceeded` 429 with `metadata {limit, unit, scope, reset_at}` and `Retry-After`,
 * and `unavailable` 503 when the limiter's store fails, unless `failOpen` is set.
 *
 * @throws {RangeError} when a limit is no whole number above 0, or the limiter's window is no minute
 */
export function rateLimit(options: RateLimitOptions = {}): RequestHandler {
  const {
    limits,
    limiter = memoryLimiter(),
    outputTokens = DEFAULT_OUTPUT_TOKENS,
    failOpen = false,
    now = Date.now,
    log = warningLog,
  } = options;
  if (limiter.duration * 1000 !== WINDOW_MS) {
    throw new RangeError(
      `The limiter must be made with duration: ${WINDOW_MS / 1000}, not ${limiter.duration}.`,
    );
  }
  const fixed = typeof limits === 'function' ? undefined : ratesOf(limits);
  const tally = new Tally(limiter, now);

  return async function rateLimit(req, res, next) {
    const rates = fixed ?? ratesOf(typeof limits === 'function' ? limits(req, res) : limits);
    if (rates.length === 0) return next();
    let taken: readonly Taken[];
    try {
      taken = await tally.take(wanted(rates, req, res));
    } catch (err) {
      log.error(
        { err },
        `Rates cannot be counted; requests are ${failOpen ? 'not limited' : 'refused'} until they can.`,
      );
      return next(failOpen ? undefined : limiterAway(err));
    }
    const refusing = taken.find(({ rate, used }) => used > rate.limit);
    if (refusing) {
      giveBack(taken);
      writeHeaders(res, refusing);
      return next(tooMany(refusing, now()));
    }
    const shown = tightest(taken);
    if (shown) writeHeaders(res, shown);
    correctAtTheEnd(req, taken);
    next();
  };

  function wanted(rates: readonly Rate[], req: Request, res: Response): Omit<Taken, 'used' | 'resetAt'>[] {
    const { keyId, accountId } = valueOf(options.principal, req, res) ?? principalSlot.get(req);
    const facts = options.facts === undefined ? bodySlot.peek(req)?.facts : valueOf(options.facts, req, res);
    const estimate = estimateTokens(facts, outputTokens);
    return rates.map((rate) => ({
      rate,
      // The account too: people who are signed in all have the same key id.
      name: `${rate.scope}:${accountId}${rate.scope === 'key' ? `/${keyId}` : ''}:${rate.unit}`,
      points: rate.unit === 'requests' ? 1 : tokenPoints(estimate, rate.limit),
    }));
  }

  function correctAtTheEnd(req: Request, taken: readonly Taken[]): void {
    const tokens = taken.filter(({ rate }) => rate.unit === 'tokens');
    if (tokens.length === 0) return;
    const exchange = exchangeSlot.get(req);
    exchange.observe({
      name: 'rateLimit()',
      onSettle(outcome) {
        const used = usedTokens(exchange, outcome);
        if (used === undefined) return;
        // Not awaited: an answer does not wait for the limiter.
        for (const one of tokens) void tally.correct(one, used).catch(reportCorrection);
      },
    });
  }

  function giveBack(taken: readonly Taken[]): void {
    void tally.giveBack(taken).catch(reportCorrection);
  }

  function reportCorrection(err: unknown): void {
    log.warn({ err }, 'A rate could not be corrected; it counts an estimate until the minute is over.');
  }
}

function limiterAway(cause: unknown): GatewayError {
  return new GatewayError(
    'unavailable',
    'Rates cannot be checked right now. Retry in a moment; nothing was charged.',
    {
      retryAfterMs: LIMITER_AWAY_RETRY_MS,
      cause,
    },
  );
}

function valueOf<T>(option: PerRequest<T> | undefined, req: Request, res: Response): T | undefined {
  return typeof option === 'function' ? (option as (req: Request, res: Response) => T)(req, res) : option;
}
