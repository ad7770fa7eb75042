import type { Account, AccountRole, BalanceAlerts, Identity } from '@onerouter/accounts';
import type { KeyRecord } from '@onerouter/auth';
import { number, text, whole, type Row } from './book-rows.ts';

export function readAccount(row: Row): Account {
  const passwordHash = row['password_hash'];
  return {
    id: text(row, 'id'),
    email: text(row, 'email'),
    emailVerified: whole(row, 'email_verified') === 1n,
    passwordHash: typeof passwordHash === 'string' ? passwordHash : null,
    allowTraining: whole(row, 'allow_training') === 1n,
    role: text(row, 'role') as AccountRole,
    alerts: readAlerts(row),
    identities: JSON.parse(text(row, 'identities')) as Identity[],
    createdAt: number(row, 'created_at'),
  };
}

function readAlerts(row: Row): BalanceAlerts | null {
  if (row['alert_threshold'] === null) return null;
  return {
    threshold: whole(row, 'alert_threshold'),
    email: whole(row, 'alert_email') === 1n,
    webhookUrl: row['alert_webhook'] === null ? null : text(row, 'alert_webhook'),
  };
}

export function readKey(row: Row): KeyRecord {
  return {
    hash: text(row, 'hash'),
    kind: text(row, 'kind') as KeyRecord['kind'],
    accountId: text(row, 'account'),
    name: text(row, 'name'),
    label: text(row, 'label'),
    disabled: whole(row, 'disabled') === 1n,
    limit: row['spend_limit'] === null ? null : whole(row, 'spend_limit'),
    limitReset: row['limit_reset'] === null ? null : (text(row, 'limit_reset') as KeyRecord['limitReset']),
    expiresAt: row['expires_at'] === null ? null : number(row, 'expires_at'),
    createdAt: number(row, 'created_at'),
    updatedAt: row['updated_at'] === null ? null : number(row, 'updated_at'),
    allowTraining: whole(row, 'allow_training') === 1n,
  };
}
