import type { KeyRecord, KeyStore } from '@onerouter/auth';

/** Who owns credits and keys. */
export interface Account {
  /** `acc-…`, chosen by the caller of {@link AccountStore.createAccount}; see `newAccountId()`. */
  readonly id: string;
  /** As `normalizeEmail()` leaves it; stores compare it as it is. */
  readonly email: string;
  /** From `hashPassword()`; `null` for an account nobody can sign in to. */
  readonly passwordHash: string | null;
  /** Privacy toggle: may prompts go to providers that train on them? */
  readonly allowTraining: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What may change of an account. Absent fields stay. */
export type AccountPatch = Partial<Pick<Account, 'passwordHash' | 'allowTraining'>>;

/** A key to keep. `allowTraining` is missing because it is the account's, read with the key. */
export type NewKey = Omit<KeyRecord, 'allowTraining'>;

/** What may change of a key. Absent fields stay; `null` is a value. */
export type KeyPatch = Partial<Pick<KeyRecord, 'name' | 'disabled' | 'limit' | 'limitReset' | 'expiresAt'>>;

export interface ListKeysOptions {
  /** @default false */
  readonly includeDisabled?: boolean | undefined;
  /** @default every kind */
  readonly kind?: KeyRecord['kind'] | undefined;
  /** Keys to skip. @default 0 */
  readonly offset?: number | undefined;
  /** Most keys to return. @default 100 */
  readonly limit?: number | undefined;
}

export const DEFAULT_KEYS_PAGE = 100;

/**
 * Accounts and their keys. A method that is given an account never shows or touches another account's keys.
 * Every method rejects when the store is away.
 */
export interface AccountStore {
  /** Keeps an account, or returns the one that has its email already, unchanged; also when several callers race. */
  createAccount(account: Account): Promise<Account>;
  findAccount(id: string): Promise<Account | undefined>;
  findAccountByEmail(email: string): Promise<Account | undefined>;
  /** Changes an account and returns it; `undefined` when there is none. */
  updateAccount(id: string, patch: AccountPatch): Promise<Account | undefined>;
  /**
   * Keeps a key, or returns the one that has its hash already, unchanged. The caller has to look at `accountId`: the
   * key it gets back may belong to somebody else.
   *
   * @throws {UnknownAccountError} when its account does not exist
   */
  createKey(key: NewKey): Promise<KeyRecord>;
  /** An account's keys, newest first, those of the same millisecond by hash. */
  listKeys(accountId: string, options?: ListKeysOptions): Promise<readonly KeyRecord[]>;
  /** Changes a key, sets its `updatedAt`, and returns it; `undefined` when the account has none by that hash. */
  updateKey(
    accountId: string,
    hash: string,
    patch: KeyPatch,
    updatedAt: number,
  ): Promise<KeyRecord | undefined>;
  /** Forgets a key for good. @returns whether the account had it */
  deleteKey(accountId: string, hash: string): Promise<boolean>;
}

/** What a store of accounts is in practice: it also answers authentication's look-ups. */
export type AccountsAndKeys = AccountStore & KeyStore;

/** A key was created for an account that does not exist. */
export class UnknownAccountError extends Error {
  readonly accountId: string;

  constructor(accountId: string) {
    super(`There is no account ${accountId}. Create it before its keys.`);
    this.name = 'UnknownAccountError';
    this.accountId = accountId;
  }
}
