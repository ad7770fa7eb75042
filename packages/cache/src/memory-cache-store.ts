import { LRUCache } from 'lru-cache';
import type { CacheStore, StoredAnswer } from './cache-store.ts';

/** 64 MiB. */
export const DEFAULT_MAX_BYTES: number = 64 * 1024 * 1024;

/** What an answer costs beside its bytes: key, facts, and the list that orders the entries. */
const ENTRY_BYTES = 1024;

export interface MemoryCacheStoreOptions {
  /** Bytes that all answers together may take; the least recently used make room. @default 67108864 (64 MiB) */
  readonly maxBytes?: number;
  /** The clock, in milliseconds. @default performance.now */
  readonly now?: () => number;
}

/**
 * Keeps answers in this process.
 *
 * @throws {RangeError} when `maxBytes` is no positive integer
 */
export function memoryCacheStore(options: MemoryCacheStoreOptions = {}): CacheStore {
  const { maxBytes = DEFAULT_MAX_BYTES, now } = options;
  if (!Number.isSafeInteger(maxBytes) || maxBytes <= 0) {
    throw new RangeError(`maxBytes must be a positive integer, not ${maxBytes}.`);
  }
  const entries = new LRUCache<string, StoredAnswer>({
    maxSize: maxBytes,
    sizeCalculation: sizeOf,
    ttlResolution: now ? 0 : 1,
    ...(now ? { perf: { now } } : {}),
  });
  return {
    get: (key) => entries.get(key),
    set: (key, answer, ttlMs) => {
      if (ttlMs > 0) entries.set(key, answer, { ttl: ttlMs });
      else entries.delete(key);
    },
  };
}

function sizeOf(answer: StoredAnswer): number {
  return ENTRY_BYTES + (answer.events?.length ?? 0) + (answer.whole?.length ?? 0);
}
