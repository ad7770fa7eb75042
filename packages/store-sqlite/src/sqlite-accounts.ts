import type { DatabaseSync } from 'node:sqlite';
import type { KeyRecord } from '@onerouter/auth';
import {
  completeAccount,
  DEFAULT_ACCOUNTS_PAGE,
  DEFAULT_KEYS_PAGE,
  IdentityTakenError,
  UnknownAccountError,
  type Account,
  type AccountPatch,
  type AccountsAndKeys,
  type Identity,
  type KeyPatch,
  type ListAccountsOptions,
  type ListKeysOptions,
  type NewAccount,
  type NewKey,
} from '@onerouter/accounts';
import { accountStatements, type AccountStatements } from './account-statements.ts';
import { readAccount, readKey } from './account-rows.ts';
import { transaction } from './database.ts';

/** Accounts and keys. A key is joined with its account on the way out, since the privacy toggle is the account's. */
export class SqliteAccounts implements AccountsAndKeys {
  readonly #db: DatabaseSync;
  readonly #sql: AccountStatements;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sql = accountStatements(db);
  }

  async find(hash: string): Promise<KeyRecord | undefined> {
    return this.#key(hash);
  }

  async createAccount(account: NewAccount): Promise<Account> {
    const complete = completeAccount(account);
    const { id, email, emailVerified, passwordHash, allowTraining, createdAt, role } = complete;
    return transaction(this.#db, 'IMMEDIATE', () => {
      const { changes } = this.#sql.createAccount.run(
        id,
        email,
        emailVerified ? 1 : 0,
        passwordHash,
        allowTraining ? 1 : 0,
        createdAt,
        role,
        ...alertColumns(complete.alerts),
      );
      if (changes === 1) {
        for (const identity of complete.identities) this.#link(id, identity);
        return complete;
      }
      const kept = this.#sql.accountByEmail.get(email);
      // The id is another account's, whose email is different: a bug of the caller, not a race.
      if (!kept) throw new Error(`There is an account ${id} already, with another email.`);
      return readAccount(kept);
    });
  }

  async findAccount(id: string): Promise<Account | undefined> {
    const row = this.#sql.account.get(id);
    return row && readAccount(row);
  }

  async findAccountByEmail(email: string): Promise<Account | undefined> {
    const row = this.#sql.accountByEmail.get(email);
    return row && readAccount(row);
  }

  async findAccountByIdentity({ provider, subject }: Identity): Promise<Account | undefined> {
    const row = this.#sql.accountByIdentity.get(provider, subject);
    return row && readAccount(row);
  }

  async listAccounts(options: ListAccountsOptions = {}): Promise<readonly Account[]> {
    const { query = '', after = '', limit = DEFAULT_ACCOUNTS_PAGE } = options;
    return this.#sql.listAccounts.all(after, query.toLowerCase(), query, limit).map(readAccount);
  }

  async countAccounts(): Promise<number> {
    return Number(this.#sql.countAccounts.get()?.['accounts'] ?? 0);
  }

  async linkIdentity(id: string, identity: Identity): Promise<Account | undefined> {
    return transaction(this.#db, 'IMMEDIATE', () => {
      if (!this.#sql.account.get(id)) return undefined;
      this.#link(id, identity);
      const row = this.#sql.account.get(id);
      return row && readAccount(row);
    });
  }

  async updateAccount(id: string, patch: AccountPatch): Promise<Account | undefined> {
    return transaction(this.#db, 'IMMEDIATE', () => {
      const row = this.#sql.account.get(id);
      if (!row) return undefined;
      const account = { ...readAccount(row), ...defined(patch) };
      const { emailVerified, passwordHash, allowTraining, role, alerts } = account;
      this.#sql.updateAccount.run(
        emailVerified ? 1 : 0,
        passwordHash,
        allowTraining ? 1 : 0,
        role,
        ...alertColumns(alerts),
        id,
      );
      return account;
    });
  }

  async createKey(key: NewKey): Promise<KeyRecord> {
    return transaction(this.#db, 'IMMEDIATE', () => {
      const existing = this.#key(key.hash);
      if (existing) return existing;
      const account = this.#sql.account.get(key.accountId);
      if (!account) throw new UnknownAccountError(key.accountId);
      this.#sql.createKey.run(
        key.hash,
        key.accountId,
        key.kind,
        key.name,
        key.label,
        key.disabled ? 1 : 0,
        key.limit,
        key.limitReset,
        key.expiresAt,
        key.createdAt,
        key.updatedAt,
      );
      return { ...key, allowTraining: readAccount(account).allowTraining };
    });
  }

  async listKeys(accountId: string, options: ListKeysOptions = {}): Promise<readonly KeyRecord[]> {
    const { includeDisabled = false, kind, offset = 0, limit = DEFAULT_KEYS_PAGE } = options;
    const rows = this.#sql.listKeys.all(
      accountId,
      includeDisabled ? 1 : 0,
      kind ?? null,
      kind ?? null,
      limit,
      offset,
    );
    return rows.map(readKey);
  }

  async updateKey(
    accountId: string,
    hash: string,
    patch: KeyPatch,
    updatedAt: number,
  ): Promise<KeyRecord | undefined> {
    return transaction(this.#db, 'IMMEDIATE', () => {
      const existing = this.#key(hash);
      if (existing?.accountId !== accountId) return undefined;
      const key = { ...existing, ...defined(patch), updatedAt };
      const { name, disabled, limit, limitReset, expiresAt } = key;
      this.#sql.updateKey.run(name, disabled ? 1 : 0, limit, limitReset, expiresAt, updatedAt, hash);
      return key;
    });
  }

  async deleteKey(accountId: string, hash: string): Promise<boolean> {
    return Number(this.#sql.deleteKey.run(hash, accountId).changes) === 1;
  }

  #link(account: string, { provider, subject }: Identity): void {
    const owner = this.#sql.accountByIdentity.get(provider, subject);
    if (!owner) this.#sql.linkIdentity.run(account, provider, subject);
    else if (owner['id'] !== account) throw new IdentityTakenError();
  }

  #key(hash: string): KeyRecord | undefined {
    const row = this.#sql.key.get(hash);
    return row && readKey(row);
  }
}

function alertColumns(alerts: Account['alerts']): [bigint | null, 0 | 1, string | null] {
  return [alerts?.threshold ?? null, alerts?.email ? 1 : 0, alerts?.webhookUrl ?? null];
}

/** A patch without its `undefined` fields, which would overwrite when spread. */
function defined<T extends object>(patch: T): T {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T;
}
