import {
  asksFor,
  sumDaily,
  sumDays,
  type DailyUsage,
  type DayRange,
  type DayTotals,
  type UsageQuery,
  type UsageRollups,
} from '@onerouter/metering';
import { COMMITTED } from '../concerns.ts';
import { raw, type Models } from '../models.ts';
import type { AccountItem } from '../outbox-item.ts';
import { rollupId, sumItems } from '../rollups.ts';
import type { BookDoc } from '../schemas/book.ts';
import type { RollupDoc } from '../schemas/records.ts';
import { joinKey, readNanos } from '../values.ts';
import { viewOutbox } from './outbox-view.ts';

type Sums = Pick<RollupDoc, 'requests' | 'promptTokens' | 'completionTokens' | 'reasoningTokens' | 'cost'>;

/** The rollups of an account on some days, as the server is asked for them. */
export function dailyFilter(account: string, { from, to }: DayRange): { _id: { $gte: string; $lt: string } } {
  // The sign behind the slash that ends a day.
  return { _id: { $gte: joinKey([account, from, '']), $lt: `${joinKey([account, to])}0` } };
}

/** Use by day, with what is on its way there. */
export class MongooseRollups implements UsageRollups {
  readonly #models: Models;

  constructor(models: Models) {
    this.#models = models;
  }

  async daily(accountId: string, query: UsageQuery): Promise<readonly DailyUsage[]> {
    // In this order: what does not wait then has been counted.
    const { waiting } = await viewOutbox(this.#models, accountId);
    const docs = await raw(this.#models.rollups)
      .find(dailyFilter(accountId, query), { ...COMMITTED })
      .toArray();
    const added = notCounted(
      waiting.map((item) => ({
        account: accountId,
        ...item,
        generation: { ...item.generation, replaces: false },
      })),
      docs,
    );
    return sumDaily([...docs, ...added].map(readUsage).filter((usage) => asksFor(query, usage)));
  }

  async totals(days: DayRange): Promise<readonly DayTotals[]> {
    const items = await this.#allWaiting();
    // These are read whole, so that what they count and what is still to come is of one moment.
    const ids = [...new Set(items.flatMap((item) => rollupId(item) ?? []))];
    const moving = await raw(this.#models.rollups)
      .find({ _id: { $in: ids } }, { ...COMMITTED })
      .toArray();
    const resting = await raw(this.#models.rollups)
      .aggregate<Sums & { _id: string }>(
        [
          {
            $match: {
              day: { $gte: days.from, $lte: days.to },
              ...(ids.length > 0 && { _id: { $nin: ids } }),
            },
          },
          {
            $group: {
              _id: '$day',
              requests: { $sum: '$requests' },
              promptTokens: { $sum: '$promptTokens' },
              completionTokens: { $sum: '$completionTokens' },
              reasoningTokens: { $sum: '$reasoningTokens' },
              cost: { $sum: '$cost' },
            },
          },
        ],
        { ...COMMITTED },
      )
      .toArray();
    const rows = [
      ...resting.map(({ _id: day, ...sums }) => ({ day, ...sums })),
      ...[...moving, ...notCounted(items, moving)].filter(({ day }) => day >= days.from && day <= days.to),
    ];
    return sumDays(rows.map((row) => ({ day: row.day, ...readSums(row) })));
  }

  async #allWaiting(): Promise<readonly AccountItem[]> {
    const books = await raw(this.#models.books)
      .find<Pick<BookDoc, '_id' | 'outbox'>>(
        { pendingAt: { $exists: true } },
        { ...COMMITTED, projection: { outbox: 1 } },
      )
      .toArray();
    return books.flatMap(({ _id: account, outbox }) => outbox.map((item) => ({ account, ...item })));
  }
}

/** What items add to rollups that do not count them yet. */
function notCounted(items: readonly AccountItem[], docs: readonly RollupDoc[]): readonly UsageDoc[] {
  const known = new Map(docs.map(({ _id, lastSeq }) => [_id, lastSeq]));
  return [...sumItems(items, known).values()];
}

type UsageDoc = Omit<RollupDoc, '_id'>;

function readUsage({ day, key, model, provider, ...sums }: UsageDoc): DailyUsage {
  return { day, model, provider, keyId: key, ...readSums(sums) };
}

function readSums(sums: Sums): Omit<DayTotals, 'day'> {
  return {
    requests: Number(readNanos(sums.requests)),
    promptTokens: Number(readNanos(sums.promptTokens)),
    completionTokens: Number(readNanos(sums.completionTokens)),
    reasoningTokens: Number(readNanos(sums.reasoningTokens)),
    cost: readNanos(sums.cost),
  };
}
