import { expect, it } from 'vitest';
import { memoryIdempotencyStore } from './memory-idempotency-store.ts';
import { idempotencyStoreSuite } from './testing/index.ts';

idempotencyStoreSuite('memoryIdempotencyStore()', () => {
  let time = 1_000_000;
  const store = memoryIdempotencyStore({ now: () => time });
  return {
    store,
    another: () => store,
    advance: (ms) => {
      time += ms;
    },
  };
});

it('keeps the latest answers when there are too many, and says of the others that they are not kept', async () => {
  const store = memoryIdempotencyStore({ maxBytes: 25 });
  for (const name of ['a', 'b', 'c']) {
    const claim = { account: 'acc', name, tag: 't', generationId: `gen-${name}` };
    await store.claim(claim, 1_000);
    await store.finish(claim, Buffer.alloc(10), 1_000);
  }
  const again = async (name: string): Promise<unknown> =>
    (await store.claim({ account: 'acc', name, tag: 't', generationId: 'x' }, 1_000))?.answer;
  expect(await again('a')).toBe('not_kept');
  expect(await again('b')).toEqual(Buffer.alloc(10));
  expect(await again('c')).toEqual(Buffer.alloc(10));
});
