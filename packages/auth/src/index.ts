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
