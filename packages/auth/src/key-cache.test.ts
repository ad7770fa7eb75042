import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeyCache, UNKNOWN_CACHE_MS } from './key-cache.ts';
import type { KeyRecord, KeyStore } from './key-store.ts';
import { memoryKeys, type MemoryKeys } from './memory-keys.ts';
import { keyRecord, keyStoreSuite } from './testing/index.ts';

keyStoreSuite('KeyCache', async () => {
  const keys = memoryKeys();
  return { store: new KeyCache(keys), add: async (record) => keys.add(record) };
});

describe('a cache of keys', () => {
  const record = keyRecord();
  let keys: MemoryKeys;
  let asked: string[];
  let store: KeyStore;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    keys = memoryKeys([record]);
    asked = [];
    store = {
      find: (hash) => {
        asked.push(hash);
        return keys.find(hash);
      },
    };
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks the store again only when the time is up', async () => {
    const cache = new KeyCache(store, { cacheMs: 5_000 });
    await cache.find(record.hash);
    vi.advanceTimersByTime(4_999);
    expect(await cache.find(record.hash)).toEqual(record);
    expect(asked).toHaveLength(1);
    vi.advanceTimersByTime(1);
    await cache.find(record.hash);
    expect(asked).toHaveLength(2);
  });

  it('serves a revoked key no longer than its time', async () => {
    const cache = new KeyCache(store, { cacheMs: 5_000 });
    await cache.find(record.hash);
    keys.remove(record.hash);
    vi.advanceTimersByTime(5_000);
    expect(await cache.find(record.hash)).toBeUndefined();
  });

  it('forgets a key at once when told to', async () => {
    const cache = new KeyCache(store);
    await cache.find(record.hash);
    keys.add({ ...record, disabled: true });
    cache.invalidate(record.hash);
    expect(await cache.find(record.hash)).toMatchObject({ disabled: true });
  });

  it('asks once for many callers at the same time', async () => {
    const cache = new KeyCache(store);
    const found = await Promise.all(Array.from({ length: 50 }, () => cache.find(record.hash)));
    expect(found).toEqual(Array.from({ length: 50 }, () => record));
    expect(asked).toHaveLength(1);
  });

  it('does not keep the answer of a look-up that an invalidation overtook', async () => {
    const first = Promise.withResolvers<KeyRecord>();
    const second = Promise.withResolvers<KeyRecord>();
    const slow = vi
      .fn<KeyStore['find']>()
      .mockReturnValueOnce(first.promise)
      .mockReturnValueOnce(second.promise);
    const cache = new KeyCache({ find: slow });
    const before = cache.find(record.hash);
    cache.invalidate(record.hash);
    const after = cache.find(record.hash);
    second.resolve({ ...record, disabled: true });
    expect(await after).toMatchObject({ disabled: true });
    first.resolve(record);
    expect(await before).toMatchObject({ disabled: false });
    expect(await cache.find(record.hash)).toMatchObject({ disabled: true });
    expect(slow).toHaveBeenCalledTimes(2);
  });

  it('remembers an unknown key for a moment only', async () => {
    const cache = new KeyCache(store);
    const hash = 'e'.repeat(64);
    await cache.find(hash);
    await cache.find(hash);
    expect(asked).toHaveLength(1);
    keys.add(keyRecord({ hash }));
    vi.advanceTimersByTime(UNKNOWN_CACHE_MS);
    expect(await cache.find(hash)).toMatchObject({ hash });
  });

  it('holds no more keys than allowed, and guesses push none of them out', async () => {
    const other = keyRecord({ hash: '1'.repeat(64) });
    keys.add(other);
    const cache = new KeyCache(store, { maxCached: 1 });
    await cache.find(record.hash);
    for (let guess = 0; guess < 2_000; guess += 1) await cache.find(`guess ${guess}`);
    expect(cache.peek(record.hash)).toEqual(record);
    expect(cache.peek('guess 0')).toBeUndefined();
    await cache.find(other.hash);
    expect(cache.peek(record.hash)).toBeUndefined();
  });

  it('keeps nothing with cacheMs 0', async () => {
    const cache = new KeyCache(store, { cacheMs: 0 });
    await cache.find(record.hash);
    await cache.find(record.hash);
    expect(asked).toHaveLength(2);
  });

  it('does not remember failures', async () => {
    const find = vi.fn<KeyStore['find']>().mockRejectedValueOnce(new Error('away')).mockResolvedValue(record);
    const cache = new KeyCache({ find });
    await expect(cache.find(record.hash)).rejects.toThrow('away');
    expect(await cache.find(record.hash)).toEqual(record);
  });

  it('treats a record with another hash as no record', async () => {
    const loose = new KeyCache({ find: async () => record });
    expect(await loose.find('f'.repeat(64))).toBeUndefined();
    expect(await loose.find('')).toBeUndefined();
  });

  it('refuses to hold keys for longer than five seconds', () => {
    expect(() => new KeyCache(store, { cacheMs: 5_001 })).toThrow(RangeError);
    expect(() => new KeyCache(store, { cacheMs: -1 })).toThrow(RangeError);
    expect(() => new KeyCache(store, { cacheMs: Number.NaN })).toThrow(RangeError);
  });
});
