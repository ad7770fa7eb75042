export type { KeyRecord, KeyStore } from './key-store.ts';
export { memoryKeys, type MemoryKeys } from './memory-keys.ts';
export {
  hashKey,
  KEY_PREFIXES,
  keyKind,
  keyLabel,
  newApiKey,
  newManagementKey,
  type KeyKind,
} from './keys.ts';
export {
  DEFAULT_CACHE_MS,
  DEFAULT_MAX_CACHED,
  KeyCache,
  MAX_UNKNOWN_CACHED,
  UNKNOWN_CACHE_MS,
  type KeyCacheOptions,
} from './key-cache.ts';
export { AuthError, type Refusal } from './refusals.ts';
export {
  bearerAuth,
  DEFAULT_KINDS,
  STORE_AWAY_RETRY_MS,
  type BearerAuth,
  type BearerAuthOptions,
} from './bearer-auth.ts';
export { requireKind } from './require-kind.ts';
export type { SessionRecord, SessionSighting, SessionStore } from './session-store.ts';
export { memorySessions } from './memory-sessions.ts';
export {
  createSessions,
  DEFAULT_ABSOLUTE_MS,
  DEFAULT_IDLE_MS,
  SESSION_COOKIE,
  SIGHTING_MS,
  type Sessions,
  type SessionsOptions,
} from './sessions.ts';
export {
  SESSION_KEY_ID,
  SESSION_KEY_NAME,
  sessionAuth,
  sessionSlot,
  type SessionAuthOptions,
} from './session-auth.ts';
export { secretCookie, type SecretCookie, type SecretCookieOptions } from './session-cookie.ts';
export { crossOriginError, isCrossOrigin, requireSameOrigin } from './same-origin.ts';
export { callerSecret } from './caller-secret.ts';
