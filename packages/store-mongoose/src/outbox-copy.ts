import type { mongo } from 'mongoose';
import { DURABLE, isDuplicate } from './concerns.ts';
import { noteSeries, seriesName } from './activity/series.ts';
import { raw, type Models } from './models.ts';
import type { AccountItem } from './outbox-item.ts';
import type { GenerationDoc } from './schemas/generation.ts';
import type { EntryDoc } from './schemas/records.ts';
import { recordKey } from './values.ts';

/** Copies what acts booked to its collections. What is there already stays, so it may be repeated. */
export async function copyItems(models: Models, items: readonly AccountItem[]): Promise<void> {
  const entries = items.flatMap((item) => entryDoc(item) ?? []);
  const generations = items.flatMap((item) => generationWrite(item) ?? []);
  await noteSeries(
    models,
    items.flatMap((item) => generationDoc(item) ?? []),
  );
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

function entryDoc({ account, id, seq, entry }: AccountItem): EntryDoc | undefined {
  return entry && { _id: recordKey(account, id), account, id, seq, ...entry };
}

function generationDoc({ account, id, seq, generation }: AccountItem): GenerationDoc | undefined {
  if (!generation) return undefined;
  const { replaces: _, ...settled } = generation;
  return { _id: recordKey(account, id), account, id, seq, series: seriesName(settled), ...settled };
}

function generationWrite(item: AccountItem): mongo.AnyBulkWriteOperation<GenerationDoc> | undefined {
  const document = generationDoc(item);
  if (!document) return undefined;
  if (item.generation?.replaces !== true) return { insertOne: { document } };
  const { _id: key, account } = document;
  const { seq } = item;
  // Replaces what is older or was only logged. A newer one stays: it does not match, and its id is taken.
  const filter = { _id: key, account, seq: { $not: { $gte: seq } } };
  return { replaceOne: { filter, replacement: document, upsert: true } };
}
