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
import type { KeyRecord } from '@onerouter/auth';
import { readAccount, readKey } from './account-docs.ts';
import { DURABLE, isDuplicate } from './concerns.ts';
import { raw, type Models } from './models.ts';
import type { AccountDoc, KeyDoc } from './schemas/account.ts';

/** Accounts and keys. A key is joined with its account on the way out, since the privacy toggle is the account's. */
export class MongooseAccounts implements AccountsAndKeys {
  readonly #models: Models;

  constructor(models: Models) {
    this.#models = models;
  }

  async find(hash: string): Promise<KeyRecord | undefined> {
    const key = await this.#models.keys.findById(hash).readConcern('majority').lean<KeyDoc>();
    if (!key) return undefined;
    const account = await this.#account({ _id: key.account });
    return readKey(key, account?.allowTraining ?? false);
  }

  async createAccount(account: NewAccount): Promise<Account> {
    const complete = completeAccount(account);
    const { id, createdAt, identities, ...fields } = complete;
    try {
      const doc = { _id: id, ...fields, createdAt: new Date(createdAt) };
      await raw(this.#models.accounts).insertOne(
        identities.length === 0 ? doc : { ...doc, identities: [...identities] },
        DURABLE,
      );
      return complete;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const kept = await this.findAccountByEmail(account.email);
    if (!kept && !(await this.findAccount(id))) throw new IdentityTakenError();
    // The id is another account's, whose email is different: a bug of the caller, not a race.
    if (!kept) throw new Error(`There is an account ${id} already, with another email.`);
    return kept;
  }

  async findAccount(id: string): Promise<Account | undefined> {
    const doc = await this.#account({ _id: id });
    return doc && readAccount(doc);
  }

  async findAccountByEmail(email: string): Promise<Account | undefined> {
    const doc = await this.#account({ email });
    return doc && readAccount(doc);
  }

  async findAccountByIdentity({ provider, subject }: Identity): Promise<Account | undefined> {
    const doc = await this.#account({ identities: { $elemMatch: { provider, subject } } });
    return doc && readAccount(doc);
  }

  async listAccounts(options: ListAccountsOptions = {}): Promise<readonly Account[]> {
    const { query = '', after = '', limit = DEFAULT_ACCOUNTS_PAGE } = options;
    // To MongoDB a limit of 0 is none.
    if (limit === 0) return [];
    const email = { $gte: [{ $indexOfCP: ['$email', { $literal: query.toLowerCase() }] }, 0] };
    const docs = await this.#models.accounts
      .find({ _id: { $gt: after }, ...(query === '' ? {} : { $or: [{ $expr: email }, { _id: query }] }) })
      .sort({ _id: 1 })
      .limit(limit)
      .readConcern('majority')
      .lean<AccountDoc[]>();
    return docs.map(readAccount);
  }

  /** From the collection's metadata, so that it costs the same with a million. */
  countAccounts(): Promise<number> {
    return raw(this.#models.accounts).estimatedDocumentCount();
  }

  async linkIdentity(id: string, { provider, subject }: Identity): Promise<Account | undefined> {
    try {
      const doc = await this.#models.accounts
        .findByIdAndUpdate(
          id,
          { $addToSet: { identities: { provider, subject } } },
          { returnDocument: 'after' },
        )
        .lean<AccountDoc>();
      return doc ? readAccount(doc) : undefined;
    } catch (error) {
      throw isDuplicate(error) ? new IdentityTakenError() : error;
    }
  }

  async updateAccount(id: string, patch: AccountPatch): Promise<Account | undefined> {
    const doc = await this.#models.accounts
      .findByIdAndUpdate(id, { $set: defined(patch) }, { returnDocument: 'after' })
      .lean<AccountDoc>();
    return doc ? readAccount(doc) : undefined;
  }

  async createKey(key: NewKey): Promise<KeyRecord> {
    const { hash, accountId, expiresAt, createdAt, updatedAt, ...fields } = key;
    const existing = await this.find(hash);
    if (existing) return existing;
    const account = await this.#account({ _id: accountId });
    if (!account) throw new UnknownAccountError(accountId);
    try {
      const dates = {
        expiresAt: date(expiresAt),
        createdAt: new Date(createdAt),
        updatedAt: date(updatedAt),
      };
      await raw(this.#models.keys).insertOne({ _id: hash, account: accountId, ...fields, ...dates }, DURABLE);
    } catch (error) {
      const other = isDuplicate(error) ? await this.find(hash) : undefined;
      if (!other) throw error;
      return other;
    }
    return { ...key, allowTraining: account.allowTraining };
  }

  async listKeys(accountId: string, options: ListKeysOptions = {}): Promise<readonly KeyRecord[]> {
    const { includeDisabled = false, kind, offset = 0, limit = DEFAULT_KEYS_PAGE } = options;
    // To MongoDB a limit of 0 is none.
    if (limit === 0) return [];
    const account = await this.#account({ _id: accountId });
    const keys = await this.#models.keys
      .find({
        account: accountId,
        ...(includeDisabled ? {} : { disabled: false }),
        ...(kind === undefined ? {} : { kind }),
      })
      .sort({ createdAt: -1, _id: 1 })
      .skip(offset)
      .limit(limit)
      .readConcern('majority')
      .lean<KeyDoc[]>();
    return keys.map((key) => readKey(key, account?.allowTraining ?? false));
  }

  async updateKey(
    accountId: string,
    hash: string,
    patch: KeyPatch,
    updatedAt: number,
  ): Promise<KeyRecord | undefined> {
    const { expiresAt, ...fields } = defined(patch);
    const changed = {
      ...fields,
      ...(expiresAt === undefined ? {} : { expiresAt: date(expiresAt) }),
      updatedAt: new Date(updatedAt),
    };
    const key = await this.#models.keys
      .findOneAndUpdate({ _id: hash, account: accountId }, { $set: changed }, { returnDocument: 'after' })
      .lean<KeyDoc>();
    if (!key) return undefined;
    const account = await this.#account({ _id: accountId });
    return readKey(key, account?.allowTraining ?? false);
  }

  async deleteKey(accountId: string, hash: string): Promise<boolean> {
    const { deletedCount } = await this.#models.keys.deleteOne({ _id: hash, account: accountId });
    return deletedCount === 1;
  }

  async #account(filter: AccountFilter): Promise<AccountDoc | undefined> {
    const doc = await this.#models.accounts.findOne(filter).readConcern('majority').lean<AccountDoc>();
    return doc ?? undefined;
  }
}

type AccountFilter =
  { _id: string } | { email: string } | { identities: { $elemMatch: { provider: string; subject: string } } };

/** A patch without its `undefined` fields, which would be written as null. */
function defined<T extends object>(patch: T): T {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T;
}

function date(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
