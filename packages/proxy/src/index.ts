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
export { EndpointHealthBook } from './health.ts';
export { Upstream, Upstreams, type Destination } from './upstreams.ts';
