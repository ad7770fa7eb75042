import type { mongo } from 'mongoose';
import { DURABLE, isDuplicate } from './concerns.ts';
import { raw, type Models } from './models.ts';
import type { OutboxItem } from './schemas/book.ts';
import type { GenerationDoc } from './schemas/generation.ts';
import type { EntryDoc } from './schemas/records.ts';
import { recordKey } from './values.ts';

/** Copies what acts booked to its collections. What is there already stays, so it may be repeated. */
export async function copyItems(
  models: Models,
  account: string,
  items: readonly OutboxItem[],
): Promise<void> {
  const entries = items.flatMap((item) => entryDoc(account, item) ?? []);
  const generations = items.flatMap((item) => generationWrite(account, item) ?? []);
  await Promise.all([
    insertNew(
      raw(models.entries),
      entries.map((document) => ({ insertOne: { document } })),
    ),
    insertNew(raw(models.generations), generations),
  ]);
}

interface Bulk<T extends mongo.Document> {
  bulkWrite(
    operations: mongo.AnyBulkWriteOperation<T>[],
    options: mongo.BulkWriteOptions,
  ): Promise<mongo.BulkWriteResult>;
}

async function insertNew<T extends mongo.Document>(
  collection: Bulk<T>,
  operations: mongo.AnyBulkWriteOperation<T>[],
): Promise<void> {
  if (operations.length === 0) return;
  try {
    await collection.bulkWrite(operations, { ordered: false, ...DURABLE });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

function entryDoc(account: string, { id, seq, entry }: OutboxItem): EntryDoc | undefined {
  return entry && { _id: recordKey(account, id), account, id, seq, ...entry };
}

function generationWrite(
  account: string,
  { id, seq, generation }: OutboxItem,
): mongo.AnyBulkWriteOperation<GenerationDoc> | undefined {
  if (!generation) return undefined;
  const { replaces, ...settled } = generation;
  const _id = recordKey(account, id);
  const document: GenerationDoc = { _id, account, id, seq, ...settled };
  if (!replaces) return { insertOne: { document } };
  // Replaces what is older or was only logged. A newer one stays: it does not match, and its id is taken.
  const filter = { _id, account, seq: { $not: { $gte: seq } } };
  return { replaceOne: { filter, replacement: document, upsert: true } };
}
