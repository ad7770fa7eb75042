import { GatewayError } from '@onerouter/core';
import type { Response } from 'express';
import type { Taken } from './tally.ts';

/** The limit that a client is told of: the one that refused, else the one of which least is left, requests first. */
export function tightest(taken: readonly Taken[]): Taken | undefined {
  const requests = taken.filter(({ rate }) => rate.unit === 'requests');
  const shown = requests.length > 0 ? requests : taken;
  return shown.reduce<Taken | undefined>(
    (least, one) => (!least || remaining(one) < remaining(least) ? one : least),
    undefined,
  );
}

/** Writes `X-RateLimit-*`. The reset is in milliseconds since the epoch, as on OpenRouter. */
export function writeHeaders(res: Response, taken: Taken): void {
  res.setHeader('X-RateLimit-Limit', String(taken.rate.limit));
  res.setHeader('X-RateLimit-Remaining', String(remaining(taken)));
  res.setHeader('X-RateLimit-Reset', String(taken.resetAt));
}

/** The 429 of a limit that is used up. */
export function tooMany(refusing: Taken, now: number): GatewayError {
  const { rate, points, resetAt } = refusing;
  const whose = rate.scope === 'key' ? 'This key' : 'This account';
  const why =
    points > rate.limit
      ? `and this request alone may take ${points}. Shorten it, or set a lower max_tokens.`
      : 'and they are used up. Retry when the minute is over.';
  return new GatewayError(
    'rate_limit_exceeded',
    `${whose} may use ${rate.limit} ${rate.unit} a minute, ${why}`,
    {
      origin: 'gateway',
      retryAfterMs: Math.max(1, resetAt - now),
      metadata: { limit: rate.limit, unit: rate.unit, scope: rate.scope, reset_at: resetAt },
    },
  );
}

function remaining({ rate, used }: Taken): number {
  return Math.max(0, rate.limit - used);
}
