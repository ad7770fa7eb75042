import type { Account, NewKey } from '../account-store.ts';

/** An account for a test: `acc-<name>`. */
export function account(name: string, fields: Partial<Account> = {}): Account {
  return {
    id: `acc-${name}`,
    email: `${name}@example.com`,
    passwordHash: 'scrypt$…',
    allowTraining: false,
    emailVerified: false,
    role: 'user',
    alerts: null,
    identities: [],
    createdAt: 1_790_000_000_000,
    ...fields,
  };
}

/** A key for a test. @param digit a hexadecimal digit; the hash is 64 of it */
export function key(owner: Account, digit: string, fields: Partial<NewKey> = {}): NewKey {
  return {
    hash: digit.repeat(64),
    kind: 'api',
    accountId: owner.id,
    name: `key ${digit}`,
    label: 'sk-or-v1-abc...123',
    disabled: false,
    limit: null,
    limitReset: null,
    expiresAt: null,
    createdAt: 1_790_000_000_000,
    updatedAt: null,
    ...fields,
  };
}
