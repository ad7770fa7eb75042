import type { Booked } from '@onerouter/billing';
import type { ReadOptions } from './concerns.ts';
import { chargedAmount } from './generation-fields.ts';
import { raw, type Models } from './models.ts';
import type { BookDoc, OutboxItem } from './schemas/book.ts';
import { readNanos, recordKey } from './values.ts';

/** Which of an account's things are looked for: settling asks for generations only, to spare a query. */
export type BookedKind = 'generations' | 'all';

/**
 * What an account has booked under these ids. The book is read first and the collections after it, since things move from
 * its outbox to them and never back: what is missing in both is not there.
 */
export async function findBooked(
  models: Models,
  account: string,
  ids: readonly string[],
  kind: BookedKind,
  read: ReadOptions,
): Promise<ReadonlyMap<string, Booked>> {
  const waiting = await outboxItemsOf(models, account, ids, read);
  const keys = ids.map((id) => recordKey(account, id));
  const [generations, entries] = await Promise.all([
    raw(models.generations)
      .find({ _id: { $in: keys } }, { ...read, projection: { id: 1, charge: 1, final: 1 } })
      .toArray(),
    kind === 'all'
      ? raw(models.entries)
          .find({ _id: { $in: keys } }, { ...read, projection: { id: 1, amount: 1 } })
          .toArray()
      : [],
  ]);
  const found = new Map<string, Booked>();
  for (const doc of generations) {
    found.set(doc.id, { account, amount: chargedAmount(doc), final: doc.final ?? false });
  }
  for (const { id, amount } of entries) found.set(id, { account, amount: readNanos(amount), final: true });
  // What waits is newer than what was copied, and in order.
  for (const item of waiting) found.set(item.id, bookedItem(account, item));
  return found;
}

/** What of an account's outbox has one of these ids, in order. Others are not sent: an outbox can be large. */
export async function outboxItemsOf(
  models: Models,
  account: string,
  ids: readonly string[],
  read: ReadOptions,
): Promise<readonly OutboxItem[]> {
  const [book] = await raw(models.books)
    .aggregate<Pick<BookDoc, 'outbox'>>(
      [
        { $match: { _id: account, 'outbox.id': { $in: ids } } },
        {
          $project: {
            outbox: { $filter: { input: '$outbox', cond: { $in: ['$$this.id', { $literal: ids }] } } },
          },
        },
      ],
      { ...read },
    )
    .toArray();
  return book?.outbox ?? [];
}

function bookedItem(account: string, { entry, generation }: OutboxItem): Booked {
  if (generation) return { account, amount: chargedAmount(generation), final: generation.final };
  return { account, amount: readNanos(entry?.amount ?? 0n), final: true };
}
