import { emptyFacts } from '@onerouter/core';
import { describe, expect, it } from 'vitest';
import type { StoredAnswer } from './cache-store.ts';
import { memoryCacheStore } from './memory-cache-store.ts';
import { cacheStoreSuite } from './testing/cache-store-suite.ts';

cacheStoreSuite('memoryCacheStore()', () => {
  let nowMs = 1;
  return {
    store: memoryCacheStore({ now: () => nowMs }),
    advance: (ms) => {
      nowMs += ms;
    },
  };
});

function answer(bytes: number): StoredAnswer {
  const facts = emptyFacts();
  return { sourceId: 'gen', storedAt: 0, modelId: 'm', endpointId: 'e', facts, whole: Buffer.alloc(bytes) };
}

describe('the memory of memoryCacheStore()', () => {
  it('is bounded in bytes: the least recently used make room', async () => {
    const store = memoryCacheStore({ maxBytes: 100_000 });
    await store.set('a', answer(40_000), 1000);
    await store.set('b', answer(40_000), 1000);
    await store.get('a');
    await store.set('c', answer(40_000), 1000);
    expect(await store.get('a')).toBeDefined();
    expect(await store.get('b')).toBeUndefined();
    expect(await store.get('c')).toBeDefined();
  });

  it('does not take an answer larger than all of it', async () => {
    const store = memoryCacheStore({ maxBytes: 100_000 });
    await store.set('a', answer(1000), 1000);
    await store.set('b', answer(100_000), 1000);
    expect(await store.get('b')).toBeUndefined();
    expect(await store.get('a')).toBeDefined();
  });

  it.each([0, -1, 1.5, Number.NaN])('of %d bytes is refused', (maxBytes) => {
    expect(() => memoryCacheStore({ maxBytes })).toThrow(RangeError);
  });
});
