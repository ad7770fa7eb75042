import type { LedgerEntry } from '@onerouter/billing';
import { COMMITTED } from './concerns.ts';
import { raw, type Models } from './models.ts';
import type { BookDoc } from './schemas/book.ts';
import { readNanos } from './values.ts';

/**
 * An account's entries without its charges, newest first, of those in front of `beforeSeq`. Read in the order in which
 * things move, outbox first; what is seen in both is one.
 */
export async function listHistory(
  models: Models,
  account: string,
  beforeSeq: number,
  limit: number,
): Promise<readonly LedgerEntry[]> {
  const found = new Map<string, LedgerEntry>();
  for (const { id, seq, entry } of await waitingEntries(models, account)) {
    if (!entry || seq >= beforeSeq) continue;
    const { kind, amount, at, note } = entry;
    found.set(id, { id, account, seq, kind, amount: readNanos(amount), at: at.getTime(), note });
  }
  const copied = raw(models.entries).find(
    { account, seq: { $lt: beforeSeq } },
    { ...COMMITTED, sort: { seq: -1 }, limit },
  );
  for await (const { id, seq, kind, amount, at, note } of copied) {
    found.set(id, { id, account, seq, kind, amount: readNanos(amount), at: at.getTime(), note });
  }
  return [...found.values()].toSorted((a, b) => b.seq - a.seq).slice(0, limit);
}

/** Entries are few, and the charges that wait beside them may be thousands, so only entries are sent. */
async function waitingEntries(models: Models, account: string): Promise<BookDoc['outbox']> {
  const [book] = await raw(models.books)
    .aggregate<Pick<BookDoc, 'outbox'>>(
      [
        { $match: { _id: account } },
        { $project: { outbox: { $filter: { input: '$outbox', cond: { $gt: ['$$this.entry', null] } } } } },
      ],
      { ...COMMITTED },
    )
    .toArray();
  return book?.outbox ?? [];
}
