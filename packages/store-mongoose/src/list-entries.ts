import type { LedgerEntry } from '@onerouter/billing';
import { chargeEntry, readItem } from './book-doc.ts';
import { COMMITTED } from './concerns.ts';
import { raw, type Models } from './models.ts';
import type { BookDoc } from './schemas/book.ts';
import { readNanos } from './values.ts';

/**
 * An account's entries behind `afterSeq`, in order. The outbox is read first and the collections after it, as things move
 * from the one to the others; what is seen in both is one.
 */
export async function listEntries(
  models: Models,
  account: string,
  afterSeq: number,
  limit: number,
): Promise<readonly LedgerEntry[]> {
  const book = await raw(models.books).findOne<Pick<BookDoc, 'outbox'>>(
    { _id: account },
    { ...COMMITTED, projection: { outbox: 1 } },
  );
  const options = { ...COMMITTED, sort: { seq: 1 }, limit: Math.min(limit, MAX_LIMIT) } as const;
  const [entries, charges] = await Promise.all([
    raw(models.entries)
      .find({ account, seq: { $gt: afterSeq } }, options)
      .toArray(),
    raw(models.generations)
      .find(
        { account, seq: { $gt: afterSeq }, charge: { $gt: 0 } },
        { ...options, projection: { id: 1, seq: 1, charge: 1, settledAt: 1 } },
      )
      .toArray(),
  ]);
  const found = new Map<string, LedgerEntry>();
  for (const { id, seq, kind, amount, at, note } of entries) {
    found.set(id, { id, account, seq, kind, amount: readNanos(amount), at: at.getTime(), note });
  }
  for (const { id, seq = 0, charge = 0n, settledAt } of charges) {
    const entry = chargeEntry(account, id, seq, readNanos(charge), settledAt ?? new Date(0));
    if (entry) found.set(id, entry);
  }
  for (const item of book?.outbox ?? []) {
    const entry = readItem(account, item);
    if (entry && entry.seq > afterSeq) found.set(entry.id, entry);
  }
  return [...found.values()].toSorted((a, b) => a.seq - b.seq).slice(0, limit);
}

/** MongoDB's limits are 32 bits wide. */
const MAX_LIMIT = 2 ** 31 - 1;
