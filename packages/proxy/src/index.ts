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
export { REQUEST_HEADERS, RESPONSE_HEADERS } from './passthrough/headers.ts';
export { PassthroughTable, type Listed } from './passthrough/passthrough-table.ts';
export { providerPassthrough } from './passthrough/provider-passthrough.ts';
export {
  passthroughSlot,
  passthroughTarget,
  type PassthroughTarget,
  type PassthroughTargetOptions,
} from './passthrough/target.ts';
export {
  upgradeHandler,
  upgradeSlot,
  wantsWebsocket,
  websocketsOnly,
  type Upgrade,
  type UpgradeHandler,
} from './passthrough/upgrade.ts';
