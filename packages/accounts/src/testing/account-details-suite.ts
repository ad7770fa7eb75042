import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  IdentityTakenError,
  type AccountsAndKeys,
  type Identity,
  type ListAccountsOptions,
} from '../account-store.ts';
import { account } from './account-records.ts';

/** A fresh, empty store, and how to close it. */
export interface MadeAccountStore {
  readonly store: AccountsAndKeys;
  close?(): Promise<void>;
}

const octocat: Identity = { provider: 'github', subject: '583231' };
const google: Identity = { provider: 'google', subject: '583231' };

/** The part of an `AccountStore`'s exam that is about roles, alerts, identities and lists. */
export function accountDetailsSuite(name: string, make: () => Promise<MadeAccountStore>): void {
  describe(`${name} keeps what belongs to an account`, () => {
    let made: MadeAccountStore;
    let store: AccountsAndKeys;
    beforeEach(async () => {
      made = await make();
      store = made.store;
    });
    afterEach(async () => {
      await made.close?.();
    });

    const ids = async (options?: ListAccountsOptions): Promise<readonly string[]> =>
      (await store.listAccounts(options)).map(({ id }) => id);

    it('keeps role, alerts and identities, to the last nano-dollar', async () => {
      const ann = account('ann', {
        emailVerified: true,
        role: 'operator',
        alerts: { threshold: 9_007_199_254_740_993n, email: true, webhookUrl: 'https://example.com/low' },
        identities: [google, octocat],
      });
      expect(await store.createAccount(ann)).toEqual(ann);
      expect(await store.findAccount(ann.id)).toEqual(ann);
    });

    it('makes an account that says no more an ordinary user', async () => {
      const { id, email, passwordHash, allowTraining, createdAt } = account('ann');
      const bare = { id, email, passwordHash, allowTraining, createdAt };
      const ann = account('ann');
      expect(await store.createAccount(bare)).toEqual(ann);
      expect(await store.findAccount(ann.id)).toEqual(ann);
    });

    it('remembers that an email was verified', async () => {
      const ann = await store.createAccount(account('ann'));
      const verified = { ...ann, emailVerified: true };
      expect(await store.updateAccount(ann.id, { emailVerified: true })).toEqual(verified);
      expect(await store.findAccount(ann.id)).toEqual(verified);
    });

    it('changes role and alerts, and takes alerts away', async () => {
      const ann = await store.createAccount(account('ann'));
      const alerts = { threshold: 0n, email: false, webhookUrl: null };
      expect(await store.updateAccount(ann.id, { alerts })).toEqual({ ...ann, alerts });
      expect(await store.updateAccount(ann.id, { role: 'operator' })).toEqual({
        ...ann,
        alerts,
        role: 'operator',
      });
      expect(await store.updateAccount(ann.id, { alerts: null })).toEqual({ ...ann, role: 'operator' });
      expect(await store.findAccount(ann.id)).toEqual({ ...ann, role: 'operator' });
    });

    it('finds an account by an identity, told apart by provider', async () => {
      const ann = await store.createAccount(account('ann', { identities: [octocat] }));
      expect(await store.findAccountByIdentity(octocat)).toEqual(ann);
      expect(await store.findAccountByIdentity(google)).toBeUndefined();
      expect(await store.findAccountByIdentity({ ...octocat, subject: '5832311' })).toBeUndefined();
    });

    it('links identities, each once', async () => {
      const ann = await store.createAccount(account('ann'));
      await store.createAccount(account('bob'));
      expect(await store.linkIdentity(ann.id, octocat)).toEqual({ ...ann, identities: [octocat] });
      await store.linkIdentity(ann.id, octocat);
      const linked = { ...ann, identities: [octocat, google] };
      expect(await store.linkIdentity(ann.id, google)).toEqual(linked);
      expect(await store.findAccountByIdentity(google)).toEqual(linked);
      expect(await store.linkIdentity('acc-nobody', octocat)).toBeUndefined();
    });

    it('gives an identity to one account only, whoever races for it', async () => {
      const people = await Promise.all(
        ['ann', 'bob', 'cat', 'dan'].map((person) => store.createAccount(account(person))),
      );
      const tries = await Promise.allSettled(people.map(({ id }) => store.linkIdentity(id, octocat)));
      const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      expect(refused).toHaveLength(3);
      for (const reason of refused) expect(reason).toBeInstanceOf(IdentityTakenError);
      const newcomer = store.createAccount(account('eve', { identities: [octocat] }));
      await expect(newcomer).rejects.toThrow(IdentityTakenError);
      expect(await store.findAccount('acc-eve')).toBeUndefined();
    });

    it('lists accounts by id, page by page', async () => {
      for (const person of ['cat', 'ann', 'dan', 'bob']) await store.createAccount(account(person));
      expect(await ids()).toEqual(['acc-ann', 'acc-bob', 'acc-cat', 'acc-dan']);
      expect(await store.countAccounts()).toBe(4);
      expect(await ids({ limit: 2 })).toEqual(['acc-ann', 'acc-bob']);
      expect(await ids({ after: 'acc-bob', limit: 2 })).toEqual(['acc-cat', 'acc-dan']);
      expect(await ids({ after: 'acc-dan' })).toEqual([]);
      expect(await ids({ limit: 0 })).toEqual([]);
    });

    it('finds accounts by a part of their email or by their id, taking every sign as it is', async () => {
      await store.createAccount(account('ann', { email: 'ann+news@example.com' }));
      await store.createAccount(account('bob', { email: 'bob@else.org' }));
      const found = async (query: string): Promise<string> =>
        (await store.listAccounts({ query })).map(({ id }) => id).join(' ');
      expect(await found('EXAMPLE')).toBe('acc-ann');
      expect(await found('n+n')).toBe('acc-ann');
      expect(await found('acc-bob')).toBe('acc-bob');
      expect(await found('@')).toBe('acc-ann acc-bob');
      for (const odd of ['.*', '%', '_', '$email', "' OR 1=1 --", '\\']) expect(await found(odd)).toBe('');
    });
  });
}
