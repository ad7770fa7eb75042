export { DEFAULT_OUTPUT_TOKENS } from './estimate.ts';
export { memoryLimiter, WINDOW_MS, type PointLimiter, type Points } from './point-limiter.ts';
export { LIMITER_AWAY_RETRY_MS, rateLimit, type RateLimitOptions } from './rate-limit.ts';
export type { RateLimits, Rates } from './rates.ts';
