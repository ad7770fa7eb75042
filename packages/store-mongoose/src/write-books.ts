import type { AccountChange, CommitResult } from '@onerouter/billing';
import type { mongo } from 'mongoose';
import { bookWrite } from './book-update.ts';
import { COMMITTED, DURABLE, isDuplicate } from './concerns.ts';
import { raw, type Models } from './models.ts';
import type { BookDoc } from './schemas/book.ts';

type Write = mongo.AnyBulkWriteOperation<BookDoc>;

/**
 * Writes changes of different accounts, each by itself, all in one request.
 *
 * @param commit a name that no other commit has
 */
export async function writeBooks(
  models: Models,
  changes: readonly AccountChange[],
  nowMs: number,
  commit: string,
): Promise<readonly CommitResult[]> {
  const writes = changes.map((change) => bookWrite(change, nowMs, commit));
  const [only, ...others] = writes;
  if (!only) return [];
  if (others.length === 0) return [await writeOne(models, only)];
  const refused = new Set<number>();
  let written: number;
  try {
    const result = await raw(models.books).bulkWrite(writes, { ordered: false, ...DURABLE });
    written = result.matchedCount + result.insertedCount;
  } catch (error) {
    const { writeErrors, result } = error as Partial<mongo.MongoBulkWriteError>;
    if (!Array.isArray(writeErrors) || writeErrors.length === 0 || !result) throw error;
    // What is refused for another reason than a duplicate is tried again alone, and fails alone.
    for (const { index } of writeErrors) refused.add(index);
    written = result.matchedCount + result.insertedCount;
  }
  if (written + refused.size === writes.length) {
    return writes.map((_, at) => (refused.has(at) ? 'conflict' : 'ok'));
  }
  return whatWasWritten(models, changes, commit);
}

async function writeOne(models: Models, write: Write): Promise<CommitResult> {
  const books = raw(models.books);
  if ('updateOne' in write) {
    const { filter, update } = write.updateOne;
    const { matchedCount } = await books.updateOne(filter, update, DURABLE);
    return matchedCount === 1 ? 'ok' : 'conflict';
  }
  try {
    await books.bulkWrite([write], DURABLE);
    return 'ok';
  } catch (error) {
    // Another process wrote the account's first act.
    if (isDuplicate(error)) return 'conflict';
    throw error;
  }
}

/**
 * A request of many updates only says how many of them matched. Where another process has written since, ours may have been
 * before it; that counts as refused too, and is found by its id when it is tried again.
 */
async function whatWasWritten(
  models: Models,
  changes: readonly AccountChange[],
  commit: string,
): Promise<readonly CommitResult[]> {
  const docs = await raw(models.books)
    .find(
      { _id: { $in: changes.map(({ account }) => account) }, commit },
      { ...COMMITTED, projection: { _id: 1 } },
    )
    .toArray();
  const ours = new Set(docs.map(({ _id }) => _id));
  return changes.map(({ account }) => (ours.has(account) ? 'ok' : 'conflict'));
}
