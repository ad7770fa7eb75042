import type { GenerationLog, SettlementFeed } from '@onerouter/metering';
import { MongooseLists } from './activity/mongoose-lists.ts';
import { noteSeries, seriesName } from './activity/series.ts';
import { COMMITTED, DURABLE, isDuplicate } from './concerns.ts';
import { packGeneration, readGeneration } from './generation-fields.ts';
import { raw, type Models } from './models.ts';
import type { OutboxItem } from './schemas/book.ts';
import type { GenerationFields } from './schemas/generation.ts';
import { recordKey, toFieldName } from './values.ts';

/** What an account's book has of one generation. */
interface InBook {
  readonly draft?: GenerationFields;
  readonly waiting: readonly OutboxItem[];
}

/**
 * Generations, those of running exchanges among them. What the ledger settles it keeps itself, with the charge; `append`
 * is for gateways that meter without billing.
 */
export function mongooseGenerations(models: Models): GenerationLog & SettlementFeed {
  const lists = new MongooseLists(models);
  return {
    async append(generation) {
      const { id, accountId: account } = generation;
      const packed = packGeneration(generation);
      const doc = { _id: recordKey(account, id), account, id, series: seriesName(packed), ...packed };
      await noteSeries(models, [doc]);
      try {
        await raw(models.generations).insertOne(doc, DURABLE);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    async find(accountId, id) {
      // In this order, since records move from the book to the collection.
      const { draft, waiting } = await inBook(models, accountId, id);
      const booked = waiting.findLast(({ generation }) => generation)?.generation;
      const stored =
        booked ??
        (await raw(models.generations).findOne({ _id: recordKey(accountId, id) }, { ...COMMITTED }));
      const known = stored ?? draft;
      return known && readGeneration(accountId, id, known);
    },
    list: (query) => lists.list(query),
    end: (accountId) => lists.end(accountId),
    after: (accountId, position, limit) => lists.after(accountId, position, limit),
  };
}

async function inBook(models: Models, account: string, id: string): Promise<InBook> {
  const [found] = await raw(models.books)
    .aggregate<InBook>(
      [
        { $match: { _id: account } },
        {
          $project: {
            draft: `$open.${toFieldName(id)}.draft`,
            waiting: { $filter: { input: '$outbox', cond: { $eq: ['$$this.id', { $literal: id }] } } },
          },
        },
      ],
      { ...COMMITTED },
    )
    .toArray();
  return found ?? { waiting: [] };
}
