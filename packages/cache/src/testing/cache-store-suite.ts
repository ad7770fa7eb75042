import { emptyFacts } from '@onerouter/core';
import { describe, expect, it } from 'vitest';
import type { CacheStore, StoredAnswer } from '../cache-store.ts';

/** What the suite needs of an adapter. */
export interface CacheStoreSetup {
  /** A new, empty store. */
  readonly store: CacheStore;
  /** Lets the store's clock go on. Without it the tests of time are left out. */
  readonly advance?: (ms: number) => void | Promise<void>;
}

const TTL_MS = 60_000;

/** The exam of every {@link CacheStore}. */
export function cacheStoreSuite(name: string, setup: () => CacheStoreSetup | Promise<CacheStoreSetup>): void {
  describe(`${name} as a cache store`, () => {
    it('knows nothing at first', async () => {
      const { store } = await setup();
      expect(await store.get('nothing')).toBeUndefined();
    });

    it('gives back what it was given, bytes and facts alike', async () => {
      const { store } = await setup();
      const answer = sample('gen-1', { events: Buffer.from('data: {"é":"🎈"}\n\n') });
      await store.set('key', answer, TTL_MS);
      expect(await store.get('key')).toEqual(answer);
    });

    it('keeps answers under different keys apart', async () => {
      const { store } = await setup();
      await store.set('a', sample('gen-a'), TTL_MS);
      await store.set('b', sample('gen-b'), TTL_MS);
      expect((await store.get('a'))?.sourceId).toBe('gen-a');
      expect((await store.get('b'))?.sourceId).toBe('gen-b');
    });

    it('replaces an answer under the same key', async () => {
      const { store } = await setup();
      await store.set('key', sample('gen-1'), TTL_MS);
      await store.set('key', sample('gen-2', { events: Buffer.from('data: {}\n\n') }), TTL_MS);
      expect((await store.get('key'))?.sourceId).toBe('gen-2');
    });

    it('does not give out an answer that was no longer valid when it came', async () => {
      const { store } = await setup();
      await store.set('key', sample('gen-1'), TTL_MS);
      await store.set('key', sample('gen-2'), 0);
      expect(await store.get('key')).toBeUndefined();
    });

    it('gives out an answer until its time is over, and not after', async ({ skip }) => {
      const { store, advance } = await setup();
      if (!advance) {
        skip();
        return;
      }
      await store.set('key', sample('gen-1'), TTL_MS);
      await advance(TTL_MS - 1);
      expect((await store.get('key'))?.sourceId).toBe('gen-1');
      await advance(2);
      expect(await store.get('key')).toBeUndefined();
    });
  });
}

function sample(sourceId: string, more: Partial<StoredAnswer> = {}): StoredAnswer {
  return {
    sourceId,
    storedAt: 1_700_000_000_000,
    modelId: 'acme/writer-1',
    endpointId: 'alpha/acme/writer-1',
    facts: { ...emptyFacts(), output: true, outputBytes: 5, finishReason: 'stop' },
    whole: Buffer.from('{"choices":[]}'),
    ...more,
  };
}
