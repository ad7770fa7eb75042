import type { EntryKind } from '../api/credits.ts';

/** What people call each kind of entry. */
export const ENTRY_NAMES: Readonly<Record<EntryKind, string>> = {
  top_up: 'Bought',
  grant: 'Granted',
  refund: 'Refunded',
  dispute: 'Disputed payment',
  adjustment: 'Adjusted',
  expiry: 'Expired',
};
