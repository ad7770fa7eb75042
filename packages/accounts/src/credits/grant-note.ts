import type { LedgerEntry } from '@onerouter/billing';

const BY = 'by ';
/** An email has no spaces, and a colon in it would be quoted. */
const NOTE = /^by [^\s:]+@[^\s:]+(?:: (?<note>[^]*))?$/;

/** The note of a grant: who gave it, and what was said about it. */
export function grantNote(operatorEmail: string, note: string | undefined): string {
  return note === undefined ? `${BY}${operatorEmail}` : `${BY}${operatorEmail}: ${note}`;
}

/** A grant as the account's owner may see it: what was said, but not which operator said it. */
export function forOwner(entry: LedgerEntry): LedgerEntry {
  const named = entry.kind === 'grant' && entry.note !== null ? NOTE.exec(entry.note) : null;
  return named ? { ...entry, note: named.groups?.['note'] ?? null } : entry;
}
