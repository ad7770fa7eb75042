import type { KeyRecord } from '../key-store.ts';

/** A valid API key record for a test, with some fields of the test's choice. */
export function keyRecord(fields: Partial<KeyRecord> = {}): KeyRecord {
  return {
    hash: '0'.repeat(64),
    kind: 'api',
    accountId: 'acc-test',
    name: 'test',
    label: 'sk-or-v1-abc...123',
    disabled: false,
    limit: null,
    limitReset: null,
    expiresAt: null,
    createdAt: 1_790_000_000_000,
    updatedAt: null,
    allowTraining: false,
    ...fields,
  };
}
