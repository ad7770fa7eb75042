import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UnknownAccountError, type AccountsAndKeys } from '../account-store.ts';
import type { MadeAccountStore } from './account-details-suite.ts';
import { account, key } from './account-records.ts';
import { accountDetailsSuite } from './account-details-suite.ts';

/**
 * The exam of an `AccountStore` that also answers authentication's look-ups.
 *
 * @param name of the adapter
 * @param make an empty store for each test
 */
export function accountStoreSuite(name: string, make: () => Promise<MadeAccountStore>): void {
  accountDetailsSuite(name, make);
  describe(`${name} keeps accounts and keys`, () => {
    let made: MadeAccountStore;
    let store: AccountsAndKeys;
    beforeEach(async () => {
      made = await make();
      store = made.store;
    });
    afterEach(async () => {
      await made.close?.();
    });

    it('finds an account by id and by email, as it was created', async () => {
      const ann = account('ann');
      expect(await store.createAccount(ann)).toEqual(ann);
      expect(await store.findAccount(ann.id)).toEqual(ann);
      expect(await store.findAccountByEmail(ann.email)).toEqual(ann);
      expect(await store.findAccount('acc-nobody')).toBeUndefined();
      expect(await store.findAccountByEmail('nobody@example.com')).toBeUndefined();
    });

    it('keeps an account without a password, and one that allows training', async () => {
      const ann = account('ann', { passwordHash: null, allowTraining: true });
      await store.createAccount(ann);
      expect(await store.findAccount(ann.id)).toEqual(ann);
    });

    it('returns the account that has the email already, unchanged', async () => {
      const ann = await store.createAccount(account('ann'));
      const again = account('other', { email: ann.email, passwordHash: 'another', allowTraining: true });
      expect(await store.createAccount(again)).toEqual(ann);
      expect(await store.findAccount(again.id)).toBeUndefined();
    });

    it('lets one of many racing creators win, and tells the others', async () => {
      const racers = Array.from({ length: 20 }, (_, n) =>
        account(`racer-${n}`, { email: 'one@example.com' }),
      );
      const got = await Promise.all(racers.map((racer) => store.createAccount(racer)));
      expect(new Set(got.map(({ id }) => id)).size).toBe(1);
      expect(await store.findAccountByEmail('one@example.com')).toEqual(got[0]);
    });

    it('changes only what an account patch names', async () => {
      const ann = await store.createAccount(account('ann'));
      expect(await store.updateAccount(ann.id, { allowTraining: true })).toEqual({
        ...ann,
        allowTraining: true,
      });
      expect(await store.updateAccount(ann.id, { passwordHash: null })).toEqual({
        ...ann,
        allowTraining: true,
        passwordHash: null,
      });
      expect(await store.updateAccount(ann.id, {})).toEqual(await store.findAccount(ann.id));
      expect(await store.updateAccount('acc-nobody', { allowTraining: true })).toBeUndefined();
    });

    it('finds a key by its hash, every field as it was created', async () => {
      const ann = await store.createAccount(account('ann'));
      const plain = key(ann, 'a');
      const full = key(ann, 'b', {
        kind: 'management',
        disabled: true,
        limit: 9_007_199_254_740_993n,
        limitReset: 'weekly',
        expiresAt: 4_102_444_800_000,
        updatedAt: 1_800_000_000_000,
      });
      expect(await store.createKey(plain)).toEqual({ ...plain, allowTraining: false });
      expect(await store.createKey(full)).toEqual({ ...full, allowTraining: false });
      expect(await store.find(plain.hash)).toEqual({ ...plain, allowTraining: false });
      expect(await store.find(full.hash)).toEqual({ ...full, allowTraining: false });
      expect(await store.find('f'.repeat(64))).toBeUndefined();
    });

    it("shows the account's privacy toggle of the moment with each key", async () => {
      const ann = await store.createAccount(account('ann'));
      const { hash } = await store.createKey(key(ann, 'a'));
      await store.updateAccount(ann.id, { allowTraining: true });
      expect(await store.find(hash)).toMatchObject({ allowTraining: true });
      expect(await store.listKeys(ann.id)).toMatchObject([{ allowTraining: true }]);
    });

    it('returns the key that has the hash already, unchanged, whoever owns it', async () => {
      const ann = await store.createAccount(account('ann'));
      const bob = await store.createAccount(account('bob'));
      const first = await store.createKey(key(ann, 'a'));
      expect(await store.createKey(key(bob, 'a', { name: 'stolen', limit: 1n }))).toEqual(first);
      expect(await store.listKeys(bob.id)).toEqual([]);
    });

    it('refuses a key without an account', async () => {
      await expect(store.createKey(key(account('nobody'), 'a'))).rejects.toThrow(UnknownAccountError);
      expect(await store.find(key(account('nobody'), 'a').hash)).toBeUndefined();
    });

    it('lists the newest keys first, one account only, without disabled ones unless asked', async () => {
      const ann = await store.createAccount(account('ann'));
      const bob = await store.createAccount(account('bob'));
      await store.createKey(key(ann, 'a', { createdAt: 1_000 }));
      await store.createKey(key(ann, 'c', { createdAt: 2_000 }));
      await store.createKey(key(ann, 'b', { createdAt: 2_000 }));
      await store.createKey(key(ann, 'd', { createdAt: 3_000, disabled: true }));
      await store.createKey(key(ann, 'e', { createdAt: 500, kind: 'management' }));
      await store.createKey(key(bob, 'f', { createdAt: 9_000 }));
      const listed = async (options?: Parameters<typeof store.listKeys>[1]): Promise<string> =>
        (await store.listKeys(ann.id, options)).map(({ hash }) => hash.at(0)).join('');
      expect(await listed()).toBe('bcae');
      expect(await listed({ includeDisabled: true })).toBe('dbcae');
      expect(await listed({ kind: 'management' })).toBe('e');
      expect(await listed({ kind: 'api', includeDisabled: true })).toBe('dbca');
      expect(await listed({ offset: 1, limit: 2 })).toBe('ca');
      expect(await listed({ offset: 9 })).toBe('');
    });

    it('changes only what a key patch names, and dates the change', async () => {
      const ann = await store.createAccount(account('ann'));
      const made = await store.createKey(key(ann, 'a', { limit: 5n, limitReset: 'daily' }));
      expect(await store.updateKey(ann.id, made.hash, { disabled: true, name: 'new' }, 2_000)).toEqual({
        ...made,
        disabled: true,
        name: 'new',
        updatedAt: 2_000,
      });
      const cleared = await store.updateKey(ann.id, made.hash, { limit: null, limitReset: null }, 3_000);
      expect(cleared).toEqual({
        ...made,
        disabled: true,
        name: 'new',
        limit: null,
        limitReset: null,
        updatedAt: 3_000,
      });
      expect(await store.find(made.hash)).toEqual(cleared);
    });

    it('deletes a key for good', async () => {
      const ann = await store.createAccount(account('ann'));
      const { hash } = await store.createKey(key(ann, 'a'));
      expect(await store.deleteKey(ann.id, hash)).toBe(true);
      expect(await store.deleteKey(ann.id, hash)).toBe(false);
      expect(await store.find(hash)).toBeUndefined();
      expect(await store.listKeys(ann.id, { includeDisabled: true })).toEqual([]);
    });

    it("never touches another account's key", async () => {
      const ann = await store.createAccount(account('ann'));
      const bob = await store.createAccount(account('bob'));
      const { hash } = await store.createKey(key(ann, 'a'));
      const before = await store.find(hash);
      expect(await store.updateKey(bob.id, hash, { disabled: true }, 2_000)).toBeUndefined();
      expect(await store.deleteKey(bob.id, hash)).toBe(false);
      expect(await store.find(hash)).toEqual(before);
    });
  });
}
