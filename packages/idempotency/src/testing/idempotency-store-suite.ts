import { describe, expect, it, onTestFinished } from 'vitest';
import type { Claim, IdempotencyStore } from '../idempotency-store.ts';

/** What the suite needs of an adapter. */
export interface IdempotencyStoreSetup {
  /** An empty store. */
  readonly store: IdempotencyStore;
  /** The same store as another process has it. An adapter without processes gives the same one. */
  readonly another: () => IdempotencyStore | Promise<IdempotencyStore>;
  /** Lets the store's clock go on. */
  readonly advance: (ms: number) => void;
  readonly close?: () => void | Promise<void>;
}

const TTL_MS = 60_000;
const CLAIM: Claim = { account: 'acc-1', name: 'name-1', tag: 'tag-1', generationId: 'gen-1' };
const LATER: Claim = { ...CLAIM, generationId: 'gen-2' };

/** The exam of every {@link IdempotencyStore}. */
export function idempotencyStoreSuite(
  name: string,
  setup: () => IdempotencyStoreSetup | Promise<IdempotencyStoreSetup>,
): void {
  const open = async (): Promise<IdempotencyStoreSetup> => {
    const made = await setup();
    onTestFinished(() => made.close?.());
    return made;
  };

  describe(`${name} as an idempotency store`, () => {
    it('gives a key to the first one, and tells the others of it', async () => {
      const { store, advance } = await open();
      expect(await store.claim(CLAIM, TTL_MS)).toBeUndefined();
      advance(5);
      expect(await store.claim({ ...LATER, tag: 'tag-2' }, TTL_MS)).toEqual({
        tag: 'tag-1',
        generationId: 'gen-1',
        ageMs: 5,
        answer: 'none',
      });
    });

    it('gives a key to one of many that come at once, from several processes', async () => {
      const { store, another } = await open();
      const other = await another();
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (n % 2 ? store : other).claim({ ...CLAIM, generationId: `gen-${n}` }, TTL_MS),
        ),
      );
      expect(claims.filter((earlier) => earlier === undefined)).toHaveLength(1);
    });

    it('keeps keys and accounts apart', async () => {
      const { store } = await open();
      await store.claim(CLAIM, TTL_MS);
      expect(await store.claim({ ...CLAIM, account: 'acc-2' }, TTL_MS)).toBeUndefined();
      expect(await store.claim({ ...CLAIM, name: 'name-2' }, TTL_MS)).toBeUndefined();
    });

    it('gives back the answer byte by byte, to other processes too', async () => {
      const { store, another } = await open();
      const sealed = Buffer.from([0, 255, 10, 0, 1]);
      await store.claim(CLAIM, TTL_MS);
      expect(await store.finish(CLAIM, sealed, TTL_MS)).toBe(true);
      const earlier = await (await another()).claim(LATER, TTL_MS);
      expect(earlier).toMatchObject({ tag: 'tag-1', generationId: 'gen-1' });
      expect(Buffer.isBuffer(earlier?.answer) && earlier.answer.equals(sealed)).toBe(true);
    });

    it('remembers that an answer was not kept', async () => {
      const { store } = await open();
      await store.claim(CLAIM, TTL_MS);
      await store.finish(CLAIM, undefined, TTL_MS);
      expect(await store.claim(LATER, TTL_MS)).toMatchObject({ answer: 'not_kept' });
    });

    it('frees a key, at the word of who has it', async () => {
      const { store } = await open();
      await store.claim(CLAIM, TTL_MS);
      await store.drop(LATER);
      expect(await store.claim(LATER, TTL_MS)).toBeDefined();
      await store.drop(CLAIM);
      expect(await store.claim(LATER, TTL_MS)).toBeUndefined();
    });

    it('lets a dead claim be taken over once, after which its answer is not wanted', async () => {
      const { store } = await open();
      await store.claim(CLAIM, TTL_MS);
      const earlier = await store.claim(LATER, TTL_MS);
      if (!earlier) throw new Error('The claim is gone.');
      const claim = { ...LATER, tag: 'tag-2' };
      expect(await store.takeOver(claim, earlier, TTL_MS)).toBe(true);
      expect(await store.takeOver({ ...LATER, generationId: 'gen-3' }, earlier, TTL_MS)).toBe(false);
      expect(await store.finish(CLAIM, Buffer.of(1), TTL_MS)).toBe(false);
      await store.drop(CLAIM);
      expect(await store.claim(CLAIM, TTL_MS)).toMatchObject({
        tag: 'tag-2',
        generationId: 'gen-2',
        answer: 'none',
      });
    });

    it('does not let a claim be taken over that has been answered since', async () => {
      const { store } = await open();
      await store.claim(CLAIM, TTL_MS);
      const earlier = await store.claim(LATER, TTL_MS);
      if (!earlier) throw new Error('The claim is gone.');
      await store.finish(CLAIM, Buffer.of(1), TTL_MS);
      expect(await store.takeOver(LATER, earlier, TTL_MS)).toBe(false);
      const answered = await store.claim(LATER, TTL_MS);
      expect(answered && (await store.takeOver(LATER, answered, TTL_MS))).toBe(true);
      expect(await store.claim(CLAIM, TTL_MS)).toMatchObject({ generationId: 'gen-2', answer: 'none' });
    });

    it('forgets a claim when its time is over, and an answer when its own is', async () => {
      const { store, advance } = await open();
      await store.claim(CLAIM, TTL_MS);
      advance(TTL_MS - 1);
      await store.finish(CLAIM, Buffer.of(1), TTL_MS);
      advance(TTL_MS - 1);
      expect(await store.claim(LATER, TTL_MS)).toMatchObject({ generationId: 'gen-1' });
      advance(1);
      expect(await store.claim(LATER, TTL_MS)).toBeUndefined();
      advance(TTL_MS);
      expect(await store.claim(CLAIM, TTL_MS)).toBeUndefined();
    });
  });
}
