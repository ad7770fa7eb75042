import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyRecord, KeyStore } from '../key-store.ts';
import { keyRecord } from './key-record.ts';

/** A fresh, empty store, how to put a key into it, and how to close it. */
export interface MadeKeyStore {
  readonly store: KeyStore;
  /** Puts a key into the store; an adapter that needs the key's account creates it first, with its `allowTraining`. */
  add(record: KeyRecord): Promise<void>;
  close?(): Promise<void>;
}

/**
 * The exam of a `KeyStore`.
 *
 * @param name of the adapter
 * @param make an empty store for each test
 */
export function keyStoreSuite(name: string, make: () => Promise<MadeKeyStore>): void {
  describe(`${name} answers authentication`, () => {
    let made: MadeKeyStore;
    beforeEach(async () => {
      made = await make();
    });
    afterEach(async () => {
      await made.close?.();
    });

    it('finds a key by its hash, with every field', async () => {
      const record = keyRecord({
        limit: 9_007_199_254_740_993n,
        limitReset: 'monthly',
        expiresAt: 4_102_444_800_000,
        updatedAt: 1_800_000_000_000,
        allowTraining: true,
      });
      await made.add(record);
      expect(await made.store.find(record.hash)).toEqual(record);
    });

    it('keeps null apart from zero', async () => {
      const open = keyRecord({ hash: 'a'.repeat(64), limit: null });
      const shut = keyRecord({ hash: 'b'.repeat(64), limit: 0n });
      await made.add(open);
      await made.add(shut);
      expect(await made.store.find(open.hash)).toEqual(open);
      expect(await made.store.find(shut.hash)).toEqual(shut);
    });

    it('returns disabled, expired and management keys too: refusing them is not its task', async () => {
      const disabled = keyRecord({ hash: 'a'.repeat(64), disabled: true });
      const expired = keyRecord({ hash: 'b'.repeat(64), expiresAt: 1 });
      const management = keyRecord({ hash: 'c'.repeat(64), kind: 'management' });
      for (const record of [disabled, expired, management]) {
        await made.add(record);
        expect(await made.store.find(record.hash)).toEqual(record);
      }
    });

    it('finds nothing for a hash it does not have, however near', async () => {
      const record = keyRecord({ hash: 'a'.repeat(64) });
      await made.add(record);
      for (const hash of ['b'.repeat(64), 'a'.repeat(63), `${'a'.repeat(64)} `, 'A'.repeat(64), '%', '']) {
        expect(await made.store.find(hash)).toBeUndefined();
      }
    });

    it('is not fooled by a hash that is written like a query', async () => {
      await made.add(keyRecord());
      for (const hash of ["' OR '1'='1", '{"$ne":null}', '__proto__', 'constructor', '\u0000']) {
        expect(await made.store.find(hash)).toBeUndefined();
      }
    });
  });
}
