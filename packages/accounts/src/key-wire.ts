import type { KeyRecord } from '@onerouter/auth';
import type { Balance, KeyUsage } from '@onerouter/billing';
import { usdNumber, type Nanos } from '@onerouter/core';

/** Stands for "no limit" where the wire wants a whole number. */
export const UNLIMITED_REQUESTS = 2_147_483_647;

/** What `GET /key` tells a key about itself. Amounts are numbers in USD. */
export function writeCurrentKey(
  record: KeyRecord,
  spending: KeyUsage,
  account: Balance,
): Record<string, unknown> {
  const management = record.kind === 'management';
  return {
    label: record.label,
    ...writeSpending(record, spending),
    effective_remaining: usdNumber(effectiveRemaining(record, spending, account.available)),
    is_free_tier: account.totalCredits <= 0n,
    is_management_key: management,
    is_provisioning_key: management,
    expires_at: isoOrNull(record.expiresAt),
    creator_user_id: null,
    workspace_id: record.accountId,
    organization_id: null,
    allowed_data_regions: ['global'],
    free_model_daily_requests: { limit: UNLIMITED_REQUESTS, remaining: UNLIMITED_REQUESTS, used: 0 },
    rate_limit: { requests: -1, interval: '10s', note: 'Deprecated. See the X-RateLimit headers.' },
  };
}

/** A key as `/keys` shows it. Amounts are numbers in USD. */
export function writeKey(record: KeyRecord, spending: KeyUsage): Record<string, unknown> {
  return {
    hash: record.hash,
    name: record.name,
    label: record.label,
    disabled: record.disabled,
    ...writeSpending(record, spending),
    created_at: new Date(record.createdAt).toISOString(),
    updated_at: isoOrNull(record.updatedAt),
    expires_at: isoOrNull(record.expiresAt),
    creator_user_id: null,
    external_user: null,
    // An account is its one workspace.
    workspace_id: record.accountId,
  };
}

function writeSpending(record: KeyRecord, spending: KeyUsage): Record<string, unknown> {
  const left = limitRemaining(record, spending);
  return {
    limit: record.limit === null ? null : usdNumber(record.limit),
    limit_remaining: left === null ? null : usdNumber(left),
    limit_reset: record.limitReset,
    include_byok_in_limit: false,
    usage: usdNumber(spending.total),
    usage_daily: usdNumber(spending.daily),
    usage_weekly: usdNumber(spending.weekly),
    usage_monthly: usdNumber(spending.monthly),
    byok_usage: 0,
    byok_usage_daily: 0,
    byok_usage_weekly: 0,
    byok_usage_monthly: 0,
  };
}

/** What is left of a key's own limit in the running period, never below zero. */
function limitRemaining(record: KeyRecord, spending: KeyUsage): Nanos | null {
  if (record.limit === null) return null;
  return atLeastZero(record.limit - spending[record.limitReset ?? 'total']);
}

/** What the key's next exchange may reserve: the tighter of key and account, running exchanges taken off. */
function effectiveRemaining(record: KeyRecord, spending: KeyUsage, available: Nanos): Nanos {
  const ofKey = limitRemaining(record, spending);
  if (ofKey === null) return atLeastZero(available);
  const free = ofKey - spending.reserved;
  return atLeastZero(free < available ? free : available);
}

function atLeastZero(amount: Nanos): Nanos {
  return amount > 0n ? amount : 0n;
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
