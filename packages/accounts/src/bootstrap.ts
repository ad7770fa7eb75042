import { hashKey, keyLabel, type KeyKind } from '@onerouter/auth';
import { EntryMismatchError, type Ledger } from '@onerouter/billing';
import { parseUsd, warningLog, type Log } from '@onerouter/core';
import type { Account, AccountStore } from './account-store.ts';
import type { BootstrapAccount, BootstrapConfig, BootstrapKey } from './bootstrap-config.ts';
import { newAccountId, normalizeEmail } from './identity.ts';
import { hashPassword } from './passwords.ts';

export interface BootstrapOptions {
  readonly accounts: Pick<AccountStore, 'findAccountByEmail' | 'createAccount' | 'createKey'>;
  readonly ledger: Pick<Ledger, 'credit'>;
  /** As {@link bootstrapSchema} accepts it. */
  readonly config: BootstrapConfig;
  /** Where a grant that differs from the first one is reported. @default process warnings */
  readonly log?: Log;
}

/** A configured key belongs to another account already. */
export class BootstrapConflictError extends Error {
  constructor(label: string, email: string) {
    super(`Bootstrap key ${label} of ${email} belongs to another account already. Use a new key.`);
    this.name = 'BootstrapConflictError';
  }
}

/**
 * Sees to it that the configured accounts exist, with their credits and keys. What exists stays as it is, so it may run
 * at every start, and in several processes at once; credits are granted once an account.
 *
 * @returns the accounts, in the order of the configuration
 * @throws {BootstrapConflictError} when a key belongs to another account already
 */
export async function bootstrapAccounts(options: BootstrapOptions): Promise<readonly Account[]> {
  const made: Account[] = [];
  for (const wanted of options.config.accounts) {
    const account = await ensureAccount(options, wanted);
    await grantOnce(options, account, wanted);
    for (const key of wanted.apiKeys ?? []) await ensureKey(options, account, 'api', key);
    for (const key of wanted.managementKeys ?? []) await ensureKey(options, account, 'management', key);
    made.push(account);
  }
  return made;
}

async function ensureAccount({ accounts }: BootstrapOptions, wanted: BootstrapAccount): Promise<Account> {
  const email = normalizeEmail(wanted.email);
  const existing = await accounts.findAccountByEmail(email);
  if (existing) return existing;
  return accounts.createAccount({
    id: newAccountId(),
    email,
    // Whoever wrote the configuration vouches for it.
    emailVerified: true,
    passwordHash: wanted.password === undefined ? null : await hashPassword(wanted.password),
    allowTraining: wanted.allowTraining ?? false,
    role: wanted.role ?? 'user',
    createdAt: Date.now(),
  });
}

async function grantOnce(
  { ledger, log = warningLog }: BootstrapOptions,
  account: Account,
  wanted: BootstrapAccount,
): Promise<void> {
  const amount = parseUsd(wanted.creditsUsd ?? 0);
  if (amount === 0n) return;
  try {
    await ledger.credit({
      entryId: `bootstrap:${account.id}`,
      account: account.id,
      amount,
      kind: 'grant',
      note: 'bootstrap',
    });
  } catch (err) {
    if (!(err instanceof EntryMismatchError)) throw err;
    log.warn(
      { account: account.id },
      'Bootstrap credits were granted before with another amount; the first grant stands.',
    );
  }
}

async function ensureKey(
  { accounts }: BootstrapOptions,
  account: Account,
  kind: KeyKind,
  wanted: BootstrapKey,
): Promise<void> {
  const label = keyLabel(wanted.key);
  const kept = await accounts.createKey({
    hash: hashKey(wanted.key),
    kind,
    accountId: account.id,
    name: wanted.name,
    label,
    disabled: false,
    limit: wanted.limitUsd === undefined ? null : parseUsd(wanted.limitUsd),
    limitReset: wanted.limitReset ?? null,
    expiresAt: null,
    createdAt: Date.now(),
    updatedAt: null,
  });
  if (kept.accountId !== account.id) throw new BootstrapConflictError(label, account.email);
}
