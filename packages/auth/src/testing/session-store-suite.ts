import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionStore } from '../session-store.ts';
import { sessionRecord } from './session-record.ts';

/** A fresh, empty store, and how to close it. */
export interface MadeSessionStore {
  readonly store: SessionStore;
  close?(): Promise<void>;
}

/**
 * The exam of a `SessionStore`. The account is `acc-test`, others are `acc-ann` and `acc-bob`; an adapter that needs them
 * creates them first.
 *
 * @param name of the adapter
 * @param make an empty store for each test
 */
export function sessionStoreSuite(name: string, make: () => Promise<MadeSessionStore>): void {
  describe(`${name} keeps sessions`, () => {
    let made: MadeSessionStore;
    let store: SessionStore;
    beforeEach(async () => {
      made = await make();
      store = made.store;
    });
    afterEach(async () => {
      await made.close?.();
    });
    const hashes = async (accountId: string): Promise<string> =>
      (await store.list(accountId)).map(({ hash }) => hash.at(0)).join('');
    const save = (digit: string, fields: Parameters<typeof sessionRecord>[0] = {}): Promise<void> =>
      store.save(sessionRecord({ hash: digit.repeat(64), ...fields }));

    it('finds a session by its hash, every field as it was saved', async () => {
      const full = sessionRecord({ hash: 'a'.repeat(64) });
      const silent = sessionRecord({ hash: 'b'.repeat(64), userAgent: null });
      await store.save(full);
      await store.save(silent);
      expect(await store.find(full.hash)).toEqual(full);
      expect(await store.find(silent.hash)).toEqual(silent);
    });

    it('finds nothing for what is no hash of a session', async () => {
      await save('a');
      for (const odd of [
        'b'.repeat(64),
        'A'.repeat(64),
        '',
        '%',
        "' OR 1=1 --",
        '{"$ne":null}',
        '__proto__',
      ]) {
        expect(await store.find(odd)).toBeUndefined();
      }
    });

    it('writes down when a session was seen, and until when it lasts', async () => {
      const session = sessionRecord();
      await store.save(session);
      const sighting = { lastSeenAt: 1_790_000_060_000, expiresAt: 4_102_444_860_000 };
      await store.touch(session.hash, sighting);
      expect(await store.find(session.hash)).toEqual({ ...session, ...sighting });
    });

    it('does not bring a deleted session back by a sighting that comes late', async () => {
      const { hash, accountId, lastSeenAt, expiresAt } = sessionRecord();
      await store.save(sessionRecord());
      await store.delete(accountId, hash);
      await store.touch(hash, { lastSeenAt, expiresAt });
      expect(await store.find(hash)).toBeUndefined();
      expect(await store.list(accountId)).toEqual([]);
    });

    it('lists the sessions of one account, the last seen first', async () => {
      await save('a', { accountId: 'acc-ann', lastSeenAt: 1_000 });
      await save('c', { accountId: 'acc-ann', lastSeenAt: 2_000 });
      await save('b', { accountId: 'acc-ann', lastSeenAt: 2_000 });
      await save('d', { accountId: 'acc-bob', lastSeenAt: 9_000 });
      expect(await hashes('acc-ann')).toBe('bca');
      expect(await hashes('acc-bob')).toBe('d');
      expect(await hashes('acc-test')).toBe('');
    });

    it("deletes a session, but never another account's", async () => {
      await save('a', { accountId: 'acc-ann' });
      expect(await store.delete('acc-bob', 'a'.repeat(64))).toBe(false);
      expect(await store.find('a'.repeat(64))).toBeDefined();
      expect(await store.delete('acc-ann', 'a'.repeat(64))).toBe(true);
      expect(await store.delete('acc-ann', 'a'.repeat(64))).toBe(false);
      expect(await store.find('a'.repeat(64))).toBeUndefined();
    });

    it('deletes all sessions of an account, or all but one, and counts them', async () => {
      for (const digit of ['a', 'b', 'c']) await save(digit, { accountId: 'acc-ann' });
      await save('d', { accountId: 'acc-bob' });
      expect(await store.deleteAll('acc-ann', 'b'.repeat(64))).toBe(2);
      expect(await hashes('acc-ann')).toBe('b');
      // To keep another account's session keeps nothing.
      expect(await store.deleteAll('acc-ann', 'd'.repeat(64))).toBe(1);
      expect(await store.deleteAll('acc-ann')).toBe(0);
      expect(await hashes('acc-bob')).toBe('d');
      expect(await store.deleteAll('acc-bob')).toBe(1);
      expect(await store.find('d'.repeat(64))).toBeUndefined();
    });
  });
}
