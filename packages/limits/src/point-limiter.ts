import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Length of the window that points are counted in. It begins with the first point. */
export const WINDOW_MS = 60_000;

/** What has been counted under a name. */
export interface Points {
  readonly consumedPoints: number;
  /** Until the window ends. */
  readonly msBeforeNext: number;
}

/**
 * Counts points by name in windows of a minute. Every limiter of `rate-limiter-flexible` is one: `RateLimiterMongo`,
 * `RateLimiterRedis` and the others, made with `duration: 60`. Its own `points` are not used: how many are allowed is a
 * matter of who asks.
 */
export interface PointLimiter {
  /** In seconds. */
  readonly duration: number;
  /** Adds points. Rejects with an error when the store fails. */
  penalty(name: string, points: number): Promise<Points>;
  /** Takes points back. Rejects with an error when the store fails. */
  reward(name: string, points: number): Promise<Points>;
}

/**
 * Counts in this process. Names that were not used for a window are forgotten.
 *
 * @param windowMs length of the window; whole seconds
 */
export function memoryLimiter(windowMs: number = WINDOW_MS): PointLimiter {
  return new RateLimiterMemory({ points: 1, duration: windowMs / 1000, keyPrefix: '' });
}
