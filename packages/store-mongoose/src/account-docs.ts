import type { Account } from '@onerouter/accounts';
import type { KeyRecord } from '@onerouter/auth';
import type { AccountDoc, KeyDoc } from './schemas/account.ts';
import { readNanos } from './values.ts';

export function readAccount(doc: AccountDoc): Account {
  const { _id, email, passwordHash, allowTraining, createdAt } = doc;
  const { emailVerified = false, role = 'user', alerts, identities = [] } = doc;
  return {
    id: _id,
    email,
    emailVerified,
    passwordHash,
    allowTraining,
    role,
    alerts: alerts ? { ...alerts, threshold: readNanos(alerts.threshold) } : null,
    identities,
    createdAt: createdAt.getTime(),
  };
}

export function readKey(doc: KeyDoc, allowTraining: boolean): KeyRecord {
  const { _id, account, kind, name, label, disabled, limit, limitReset, expiresAt, createdAt, updatedAt } =
    doc;
  return {
    hash: _id,
    kind,
    accountId: account,
    name,
    label,
    disabled,
    limit: limit === null ? null : readNanos(limit),
    limitReset,
    expiresAt: expiresAt?.getTime() ?? null,
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt?.getTime() ?? null,
    allowTraining,
  };
}
