import type { mongo } from 'mongoose';
import { DURABLE, isDuplicate, LATEST } from './concerns.ts';
import { raw, type Models } from './models.ts';
import type { AccountItem } from './outbox-item.ts';
import type { RollupDoc } from './schemas/records.ts';
import { joinKey, readNanos } from './values.ts';

/** Use of one day, key, model and provider that is to be added. */
type Sum = Pick<RollupDoc, 'account' | 'day' | 'key' | 'model' | 'provider' | 'lastSeq'> & {
  requests: bigint;
  promptTokens: bigint;
  completionTokens: bigint;
  reasoningTokens: bigint;
  cost: bigint;
};

/**
 * Adds generations to their days, each once however often this is repeated, and by however many processes: a rollup says
 * up to which act it counts, and only grows from there. Items must come without gaps, in order.
 */
export async function applyRollups(models: Models, items: readonly AccountItem[]): Promise<void> {
  const rollups = raw(models.rollups);
  const wanted = [...new Set(items.flatMap((item) => rollupId(item) ?? []))];
  for (;;) {
    if (wanted.length === 0) return;
    const docs = await rollups
      .find({ _id: { $in: wanted } }, { ...LATEST, projection: { lastSeq: 1 } })
      .toArray();
    const known = new Map(docs.map(({ _id, lastSeq }) => [_id, lastSeq]));
    const operations = [...sumItems(items, known)].map(([id, sum]) => operation(id, sum, known.get(id)));
    if (operations.length === 0) return;
    try {
      const { matchedCount, insertedCount } = await rollups.bulkWrite(operations, {
        ordered: false,
        ...DURABLE,
      });
      if (matchedCount + insertedCount === operations.length) return;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    // Another process was faster with some; what it has counted shows in the next round.
  }
}

/** The rollup that an item goes into; what a dead process left is counted when its settlement comes, if it does. */
export function rollupId({ account, generation }: AccountItem): string | undefined {
  if (!generation?.final) return undefined;
  const { createdAt, key = '', model = '', provider = '' } = generation;
  return joinKey([account, dayOf(createdAt), key, model, provider]);
}

/**
 * What items add to their rollups.
 *
 * @param known up to which act each rollup counts
 */
export function sumItems(
  items: readonly AccountItem[],
  known: ReadonlyMap<string, number>,
): ReadonlyMap<string, Sum> {
  const found = new Map<string, Sum>();
  for (const item of items) {
    const id = rollupId(item);
    if (id === undefined || !item.generation || item.seq <= (known.get(id) ?? 0)) continue;
    const { createdAt, key = '', model = '', provider = '', usage, cost = 0n } = item.generation;
    const sum = found.get(id) ?? {
      ...NOTHING,
      account: item.account,
      day: dayOf(createdAt),
      key,
      model,
      provider,
    };
    found.set(id, {
      ...sum,
      lastSeq: item.seq,
      requests: sum.requests + 1n,
      promptTokens: sum.promptTokens + BigInt(usage?.promptTokens ?? 0),
      completionTokens: sum.completionTokens + BigInt(usage?.completionTokens ?? 0),
      reasoningTokens: sum.reasoningTokens + BigInt(usage?.reasoningTokens ?? 0),
      cost: sum.cost + readNanos(cost),
    });
  }
  return found;
}

const NOTHING = {
  lastSeq: 0,
  requests: 0n,
  promptTokens: 0n,
  completionTokens: 0n,
  reasoningTokens: 0n,
  cost: 0n,
} as const;

function operation(_id: string, sum: Sum, from: number | undefined): mongo.AnyBulkWriteOperation<RollupDoc> {
  if (from === undefined) return { insertOne: { document: { _id, ...sum } } };
  const { lastSeq, requests, promptTokens, completionTokens, reasoningTokens, cost } = sum;
  const update = {
    $set: { lastSeq },
    $inc: { requests, promptTokens, completionTokens, reasoningTokens, cost },
  } as unknown as mongo.UpdateFilter<RollupDoc>;
  return { updateOne: { filter: { _id, account: sum.account, lastSeq: from }, update } };
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
