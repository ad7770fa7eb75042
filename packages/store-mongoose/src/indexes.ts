import type { Model, mongo } from 'mongoose';
import { backfillSeries } from './activity/backfill-series.ts';
import type { Models } from './models.ts';

/** MongoDB's code for a collection that is not there. */
const NAMESPACE_NOT_FOUND = 26;

/** Indexes that the store's queries need are not there. Create them with `createIndexes()`, then start again. */
export class MissingIndexesError extends Error {
  /** `collection (field, …)`, one for each. */
  readonly missing: readonly string[];

  constructor(missing: readonly string[]) {
    super(
      `The MongoDB database lacks indexes: ${missing.join('; ')}. Without them queries read whole collections. ` +
        "Create them with the store's createIndexes(), for example by `pnpm db:indexes`.",
    );
    this.name = 'MissingIndexesError';
    this.missing = missing;
  }
}

/** Creates the collections and indexes that are not there. May be repeated, and takes long on large collections only. */
export async function createIndexes(models: Models): Promise<void> {
  for (const model of all(models)) {
    // Made beforehand, since an insert that makes its collection is slow, and many at once are slower.
    await model.createCollection();
    await model.createIndexes();
  }
  await backfillSeries(models);
}

/** The indexes that are not there, as people write them. */
export async function missingIndexes(models: Models): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const model of all(models)) {
    const there = await existing(model);
    for (const [key, options] of model.schema.indexes()) {
      const found = there.some(
        (index) => sameKey(index.key, key) && Boolean(index.unique) === Boolean(options['unique']),
      );
      if (!found) missing.push(`${model.collection.name} (${Object.keys(key).join(', ')})`);
    }
  }
  return missing;
}

/** Whether nothing has been stored yet, so that building indexes costs nothing. */
export async function isEmpty(models: Models): Promise<boolean> {
  for (const model of all(models)) if (await model.exists({})) return false;
  return true;
}

async function existing(model: Model<unknown>): Promise<readonly mongo.IndexDescriptionInfo[]> {
  try {
    return await model.collection.indexes();
  } catch (error) {
    if ((error as { code?: unknown }).code === NAMESPACE_NOT_FOUND) return [];
    throw error;
  }
}

function sameKey(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  return JSON.stringify(Object.entries(a)) === JSON.stringify(Object.entries(b));
}

function all(models: Models): readonly Model<unknown>[] {
  return Object.values(models);
}
