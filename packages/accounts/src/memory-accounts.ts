import type { KeyRecord } from '@onerouter/auth';
import {
  completeAccount,
  DEFAULT_ACCOUNTS_PAGE,
  DEFAULT_KEYS_PAGE,
  IdentityTakenError,
  sameIdentity,
  UnknownAccountError,
  type Account,
  type AccountsAndKeys,
  type Identity,
  type NewKey,
} from './account-store.ts';

/** Accounts and keys in this process's memory: for tests, and for gateways whose accounts come from configuration. */
export function memoryAccounts(): AccountsAndKeys {
  const accounts = new Map<string, Account>();
  const keys = new Map<string, NewKey>();

  const withAccount = (key: NewKey): KeyRecord => {
    const account = accounts.get(key.accountId);
    if (!account) throw new UnknownAccountError(key.accountId);
    return { ...key, allowTraining: account.allowTraining };
  };
  const byEmail = (email: string): Account | undefined => {
    for (const account of accounts.values()) if (account.email === email) return account;
    return undefined;
  };
  const byIdentity = (identity: Identity): Account | undefined => {
    for (const account of accounts.values()) {
      if (account.identities.some((one) => sameIdentity(one, identity))) return account;
    }
    return undefined;
  };
  const ownKey = (accountId: string, hash: string): NewKey | undefined => {
    const key = keys.get(hash);
    return key?.accountId === accountId ? key : undefined;
  };

  return {
    async createAccount(account) {
      const existing = byEmail(account.email);
      if (existing) return existing;
      const kept = completeAccount(account);
      if (kept.identities.some(byIdentity)) throw new IdentityTakenError();
      accounts.set(kept.id, kept);
      return kept;
    },
    async findAccount(id) {
      return accounts.get(id);
    },
    async findAccountByEmail(email) {
      return byEmail(email);
    },
    async findAccountByIdentity(identity) {
      return byIdentity(identity);
    },
    async listAccounts({ query = '', after = '', limit = DEFAULT_ACCOUNTS_PAGE } = {}) {
      const text = query.toLowerCase();
      return [...accounts.values()]
        .filter(({ id, email }) => id > after && (email.includes(text) || id === query))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit);
    },
    async countAccounts() {
      return accounts.size;
    },
    async linkIdentity(id, identity) {
      const account = accounts.get(id);
      const owner = byIdentity(identity);
      if (!account || owner?.id === id) return account;
      if (owner) throw new IdentityTakenError();
      const changed = { ...account, identities: [...account.identities, identity] };
      accounts.set(id, changed);
      return changed;
    },
    async updateAccount(id, patch) {
      const account = accounts.get(id);
      if (!account) return undefined;
      const changed = { ...account, ...defined(patch) };
      accounts.set(id, changed);
      return changed;
    },
    async createKey(key) {
      const existing = keys.get(key.hash);
      if (existing) return withAccount(existing);
      const record = withAccount(key);
      keys.set(key.hash, { ...key });
      return record;
    },
    async listKeys(accountId, options = {}) {
      const { includeDisabled = false, kind, offset = 0, limit = DEFAULT_KEYS_PAGE } = options;
      return [...keys.values()]
        .filter((key) => key.accountId === accountId)
        .filter((key) => includeDisabled || !key.disabled)
        .filter((key) => kind === undefined || key.kind === kind)
        .toSorted((a, b) => b.createdAt - a.createdAt || (a.hash < b.hash ? -1 : 1))
        .slice(offset, offset + limit)
        .map(withAccount);
    },
    async updateKey(accountId, hash, patch, updatedAt) {
      const key = ownKey(accountId, hash);
      if (!key) return undefined;
      const changed = { ...key, ...defined(patch), updatedAt };
      keys.set(hash, changed);
      return withAccount(changed);
    },
    async deleteKey(accountId, hash) {
      return ownKey(accountId, hash) !== undefined && keys.delete(hash);
    },
    async find(hash) {
      const key = keys.get(hash);
      return key && withAccount(key);
    },
  };
}

/** A patch without its `undefined` fields, which would overwrite when spread. */
function defined<T extends object>(patch: T): T {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T;
}
