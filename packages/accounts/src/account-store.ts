import type { KeyRecord, KeyStore } from '@onerouter/auth';
import type { Nanos } from '@onerouter/core';

/** What an account may do beyond its own: an operator sees and serves all accounts. */
export type AccountRole = 'user' | 'operator';

/** How an account is told that its credits run low. */
export interface BalanceAlerts {
  /** Told when the balance falls below this; what running requests hold is not taken off. */
  readonly threshold: Nanos;
  /** Whether the account's email is told. */
  readonly email: boolean;
  /** What is told by a POST; `null` for nothing. */
  readonly webhookUrl: string | null;
}

/** Who somebody is at a service that vouches for them. */
export interface Identity {
  /** `github`, `google`. */
  readonly provider: string;
  /** The service's own id of the person, which never changes; not an email. */
  readonly subject: string;
}

/** Who owns credits and keys. */
export interface Account {
  /** `acc-…`, chosen by the caller of {@link AccountStore.createAccount}; see `newAccountId()`. */
  readonly id: string;
  /** As `normalizeEmail()` leaves it; stores compare it as it is. */
  readonly email: string;
  /** Whether somebody has shown that the email is theirs. Until then only the password says whose account it is. */
  readonly emailVerified: boolean;
  /** From `hashPassword()`; `null` for an account nobody can sign in to. */
  readonly passwordHash: string | null;
  /** Privacy toggle: may prompts go to providers that train on them? */
  readonly allowTraining: boolean;
  readonly role: AccountRole;
  /** `null` for no alerts. */
  readonly alerts: BalanceAlerts | null;
  /** In the order in which they were linked. No two accounts have the same one. */
  readonly identities: readonly Identity[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** An account to keep. Absent: an ordinary user, an unverified email, no alerts, no identities. */
export type NewAccount = Omit<Account, Optional> & Partial<Pick<Account, Optional>>;
type Optional = 'emailVerified' | 'role' | 'alerts' | 'identities';

/** What may change of an account. Absent fields stay. */
export type AccountPatch = Partial<
  Pick<Account, 'emailVerified' | 'passwordHash' | 'allowTraining' | 'role' | 'alerts'>
>;

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

export interface ListAccountsOptions {
  /** Only accounts whose email holds this text, in any case, or whose id is this. @default all */
  readonly query?: string | undefined;
  /** Only accounts whose id sorts behind this one: the last id of the page before. @default from the first */
  readonly after?: string | undefined;
  /** Most accounts to return. @default 100 */
  readonly limit?: number | undefined;
}

export const DEFAULT_ACCOUNTS_PAGE = 100;

/**
 * Accounts and their keys. A method that is given an account never shows or touches another account's keys.
 * Every method rejects when the store is away.
 */
export interface AccountStore {
  /**
   * Keeps an account, or returns the one that has its email already, unchanged; also when several callers race.
   *
   * @throws {IdentityTakenError} when an account with another email has one of its identities
   */
  createAccount(account: NewAccount): Promise<Account>;
  findAccount(id: string): Promise<Account | undefined>;
  findAccountByEmail(email: string): Promise<Account | undefined>;
  findAccountByIdentity(identity: Identity): Promise<Account | undefined>;
  /** Accounts in the order of their ids. */
  listAccounts(options?: ListAccountsOptions): Promise<readonly Account[]>;
  countAccounts(): Promise<number>;
  /** Changes an account and returns it; `undefined` when there is none. */
  updateAccount(id: string, patch: AccountPatch): Promise<Account | undefined>;
  /**
   * Adds an identity to an account, unless it has it already, and returns the account; `undefined` when there is none.
   *
   * @throws {IdentityTakenError} when another account has it
   */
  linkIdentity(id: string, identity: Identity): Promise<Account | undefined>;
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

/** An identity belongs to another account. */
export class IdentityTakenError extends Error {
  constructor() {
    super('Another account has this identity already.');
    this.name = 'IdentityTakenError';
  }
}

/** An account with what was left out of it. */
export function completeAccount(account: NewAccount): Account {
  return { ...LEFT_OUT, ...account };
}

const LEFT_OUT: Pick<Account, Optional> = {
  emailVerified: false,
  role: 'user',
  alerts: null,
  identities: [],
};

export function sameIdentity(a: Identity, b: Identity): boolean {
  return a.provider === b.provider && a.subject === b.subject;
}
