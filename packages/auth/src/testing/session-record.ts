import type { SessionRecord } from '../session-store.ts';

/** A session for a test, with some fields of the test's choice. */
export function sessionRecord(fields: Partial<SessionRecord> = {}): SessionRecord {
  return {
    hash: '0'.repeat(64),
    accountId: 'acc-test',
    createdAt: 1_790_000_000_000,
    lastSeenAt: 1_790_000_000_000,
    // Stores may forget what has expired by their own clock.
    expiresAt: 4_102_444_800_000,
    userAgent: 'Browser/1.0',
    ...fields,
  };
}
