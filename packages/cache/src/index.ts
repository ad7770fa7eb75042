export { cacheKey, MAX_KEY_DEPTH } from './cache-key.ts';
export type { CacheStore, StoredAnswer } from './cache-store.ts';
export { DEFAULT_MAX_BYTES, memoryCacheStore, type MemoryCacheStoreOptions } from './memory-cache-store.ts';
export {
  DEFAULT_COMMENT_AFTER_MS,
  DEFAULT_MAX_ANSWER_BYTES,
  DEFAULT_MAX_IN_FLIGHT_BYTES,
  DEFAULT_TTL_MS,
  promptCache,
  type PromptCacheOptions,
} from './prompt-cache.ts';
export { CACHE_HEADER } from './reply.ts';
