import type { Booked } from '@onerouter/billing';
import type { ReadOptions } from './concerns.ts';
import { chargedAmount } from './generation-fields.ts';
import { raw, type Models } from './models.ts';
import type { BookDoc, OutboxItem } from './schemas/book.ts';
import { readNanos, recordKey } from './values.ts';

/** Ids that are looked for in an account. */
export interface Wanted {
  readonly account: string;
  readonly ids: readonly string[];
}

/** What is looked for: settling asks for generations only, to spare a query. */
export type BookedKind = 'generations' | 'all';

/**
 * What accounts have booked under these ids, by `recordKey`. Books are read first and the collections after them, since
 * things move from an outbox to a collection and never back: what is missing in both is not there.
 */
export async function findBooked(
  models: Models,
  wanted: readonly Wanted[],
  kind: BookedKind,
  read: ReadOptions,
): Promise<ReadonlyMap<string, Booked>> {
  const books = await waitingIn(models, wanted, read);
  const keys = wanted.flatMap(({ account, ids }) => ids.map((id) => recordKey(account, id)));
  const projection = { account: 1, charge: 1, final: 1, amount: 1 };
  const [generations, entries] = await Promise.all([
    raw(models.generations)
      .find({ _id: { $in: keys } }, { ...read, projection })
      .toArray(),
    kind === 'all'
      ? raw(models.entries)
          .find({ _id: { $in: keys } }, { ...read, projection })
          .toArray()
      : [],
  ]);
  const found = new Map<string, Booked>();
  for (const { _id, account, final = false, ...doc } of generations) {
    found.set(_id, { account, amount: chargedAmount(doc), final });
  }
  for (const { _id, account, amount } of entries) {
    found.set(_id, { account, amount: readNanos(amount), final: true });
  }
  // What waits is newer than what was copied, and in order.
  for (const { _id: account, outbox } of books) {
    for (const item of outbox) found.set(recordKey(account, item.id), bookedItem(account, item));
  }
  return found;
}

/** Only what is wanted is sent: an outbox can be large. */
async function waitingIn(
  models: Models,
  wanted: readonly Wanted[],
  read: ReadOptions,
): Promise<readonly Pick<BookDoc, '_id' | 'outbox'>[]> {
  const accounts = wanted.map(({ account }) => account);
  const ids = wanted.flatMap(({ ids }) => ids);
  return raw(models.books)
    .aggregate<Pick<BookDoc, '_id' | 'outbox'>>(
      [
        { $match: { _id: { $in: accounts }, 'outbox.id': { $in: ids } } },
        {
          $project: {
            outbox: { $filter: { input: '$outbox', cond: { $in: ['$$this.id', { $literal: ids }] } } },
          },
        },
      ],
      { ...read },
    )
    .toArray();
}

function bookedItem(account: string, { entry, generation }: OutboxItem): Booked {
  if (generation) return { account, amount: chargedAmount(generation), final: generation.final };
  return { account, amount: readNanos(entry?.amount ?? 0n), final: true };
}
