import type { mongo } from 'mongoose';
import { DURABLE } from './concerns.ts';
import { raw, type Models } from './models.ts';
import type { BookDoc } from './schemas/book.ts';

/** An account's outbox as it was read: as many of its first items as fit a page. */
export type OutboxOf = Pick<BookDoc, '_id' | 'outbox'>;

/**
 * Takes items that have been copied out of their books. A book that nothing was added to meanwhile is marked as having
 * nothing that waits; one that goes on is marked as seen to, so that no sweeper takes it for left behind.
 */
export async function takeOut(
  models: Models,
  books: readonly OutboxOf[],
  page: number,
  nowMs: number,
): Promise<void> {
  if (books.length === 0) return;
  const whole = books.filter(({ outbox }) => outbox.length < page);
  const parts = books.filter(({ outbox }) => outbox.length >= page);
  // A page may end between two items of one act.
  const pulls = parts.map((book) => pull(book, lastSeq(book) - 1, nowMs));
  const clears = whole.map((book) => clear(book, lastSeq(book)));
  const { matchedCount } = await raw(models.books).bulkWrite([...clears, ...pulls], {
    ordered: false,
    ...DURABLE,
  });
  if (matchedCount === books.length || whole.length === 0) return;
  const again = whole.map((book) => pull(book, lastSeq(book), nowMs));
  await raw(models.books).bulkWrite(again, { ordered: false, ...DURABLE });
}

type Update = mongo.AnyBulkWriteOperation<BookDoc>;

/** If nothing has come since. */
function clear({ _id }: OutboxOf, last: number): Update {
  const filter = { _id, 'outbox.seq': { $not: { $gt: last } } };
  return { updateOne: { filter, update: { $set: { outbox: [] }, $unset: { pendingAt: '' } } } };
}

/** Matches only what was not cleared. */
function pull({ _id }: OutboxOf, last: number, nowMs: number): Update {
  const update = { $pull: { outbox: { seq: { $lte: last } } }, $set: { pendingAt: new Date(nowMs) } };
  return { updateOne: { filter: { _id, 'outbox.0': { $exists: true } }, update } };
}

function lastSeq({ outbox }: OutboxOf): number {
  return outbox.at(-1)?.seq ?? 0;
}
