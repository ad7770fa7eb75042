import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { KeyRecord, KeyStore } from './key-store.ts';

export interface KeyCacheOptions {
  /** How long a key may be served from memory, in milliseconds, `0` to `5000`. `0` looks up every time. @default 5000 */
  readonly cacheMs?: number;
  /** Most keys to hold. @default 10000 */
  readonly maxCached?: number;
}

/** The longest that a key revoked by another process may keep working here. */
export const DEFAULT_CACHE_MS = 5_000;
export const DEFAULT_MAX_CACHED = 10_000;
/** How long "there is no such key" is believed. */
export const UNKNOWN_CACHE_MS = 1_000;
/** Most unknown keys to remember; apart from the known ones, so that guessing does not push those out. */
export const MAX_UNKNOWN_CACHED = 1_000;

interface Entry {
  readonly record: KeyRecord | undefined;
  readonly until: number;
}

/**
 * Answers look-ups of keys from memory for a few seconds. Concurrent look-ups of one key are one call of the store.
 * It is a {@link KeyStore} itself: several middlewares that share one are invalidated together.
 */
export class KeyCache implements KeyStore {
  readonly #store: KeyStore;
  readonly #cacheMs: number;
  readonly #known: LRUCache<string, Entry>;
  readonly #unknown: LRUCache<string, Entry>;
  readonly #running = new Map<string, Promise<KeyRecord | undefined>>();

  /** @throws {RangeError} on options out of range */
  constructor(store: KeyStore, options: KeyCacheOptions = {}) {
    const { cacheMs = DEFAULT_CACHE_MS, maxCached = DEFAULT_MAX_CACHED } = options;
    if (!(cacheMs >= 0 && cacheMs <= DEFAULT_CACHE_MS)) {
      throw new RangeError(`cacheMs must be from 0 to ${DEFAULT_CACHE_MS}, not ${cacheMs}.`);
    }
    this.#store = store;
    this.#cacheMs = cacheMs;
    this.#known = new LRUCache({ max: maxCached });
    this.#unknown = new LRUCache({ max: MAX_UNKNOWN_CACHED });
  }

  /** The cached answer, `'none'` when the key is known not to exist, or `undefined` when the store must be asked. */
  peek(hash: string): KeyRecord | 'none' | undefined {
    const entry = this.#known.get(hash) ?? this.#unknown.get(hash);
    if (!entry || entry.until <= performance.now()) return undefined;
    return entry.record ?? 'none';
  }

  /** @throws whatever the store throws; failures are not cached */
  find(hash: string): Promise<KeyRecord | undefined> {
    const cached = this.peek(hash);
    if (cached !== undefined) return Promise.resolve(cached === 'none' ? undefined : cached);
    const running = this.#running.get(hash);
    if (running) return running;
    const isCurrent = (): boolean => this.#running.get(hash) === lookUp;
    const lookUp: Promise<KeyRecord | undefined> = this.#lookUp(hash, isCurrent).finally(() => {
      if (isCurrent()) this.#running.delete(hash);
    });
    this.#running.set(hash, lookUp);
    return lookUp;
  }

  /** Forgets a key at once: call it wherever a key is created, changed or deleted. */
  invalidate(hash: string): void {
    this.#known.delete(hash);
    this.#unknown.delete(hash);
    // A look-up that runs may have read the old state: its answer must not be kept, nor given to later calls.
    this.#running.delete(hash);
  }

  async #lookUp(hash: string, isCurrent: () => boolean): Promise<KeyRecord | undefined> {
    const found = await this.#store.find(hash);
    // A store that compares loosely (a case-insensitive collation, say) must not let a similar key in.
    const record = found && sameText(found.hash, hash) ? found : undefined;
    if (this.#cacheMs > 0 && isCurrent()) this.#keep(hash, record);
    return record;
  }

  #keep(hash: string, record: KeyRecord | undefined): void {
    const now = performance.now();
    if (record) {
      this.#unknown.delete(hash);
      this.#known.set(hash, { record, until: now + this.#cacheMs });
    } else {
      this.#known.delete(hash);
      this.#unknown.set(hash, { record, until: now + Math.min(this.#cacheMs, UNKNOWN_CACHE_MS) });
    }
  }
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
