export {
  DEFAULT_COMMENT_MS,
  DEFAULT_DEADLINE_MS,
  DEFAULT_MAX_ATTEMPTS,
  fallbackProxy,
  type FallbackProxyOptions,
} from './fallback.ts';
export {
  FAILURES,
  type Blame,
  type Failure,
  type FailureRule,
  type FailureType,
  type NextStep,
} from './failure.ts';
export {
  EndpointHealthBook,
  MAX_ENDPOINTS,
  type EndpointHealthBookOptions,
} from './health/endpoint-health-book.ts';
export type { EndpointFigures } from './health/endpoint-health.ts';
export type { Trial } from './health/trial.ts';
export { DEFAULT_ROUNDS } from './rounds.ts';
export { Upstream, Upstreams, type Destination } from './upstreams.ts';
