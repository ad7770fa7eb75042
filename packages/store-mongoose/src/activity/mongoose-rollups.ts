import {
  asksFor,
  sumDaily,
  sumDays,
  USAGE_NAMES,
  type DailyUsage,
  type DayRange,
  type DayTotals,
  type UsageName,
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

/** A rollup, or a sum of some. */
type UsageDoc = Omit<RollupDoc, '_id' | 'account' | 'lastSeq'>;

interface Found {
  /** Sums of rollups that nothing is on its way to. */
  readonly resting: readonly UsageDoc[];
  /** The others, and what has still to be added to them. They may be of other days or names than asked for. */
  readonly moving: readonly UsageDoc[];
}

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
    const { waiting } = await viewOutbox(this.#models, accountId);
    const items = waiting.map(({ generation, ...item }) => ({
      ...item,
      account: accountId,
      generation: { ...generation, replaces: false },
    }));
    const given = Object.entries({ key: query.keyId, model: query.model, provider: query.provider });
    const match = {
      ...dailyFilter(accountId, query),
      ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    };
    const { by = USAGE_NAMES } = query;
    const { resting, moving } = await this.#read(items, match, by);
    const asked = moving.map(readUsage).filter((usage) => asksFor(query, usage));
    return sumDaily([...resting.map(readUsage), ...asked], by);
  }

  async totals(days: DayRange): Promise<readonly DayTotals[]> {
    const match = { day: { $gte: days.from, $lte: days.to } };
    const { resting, moving } = await this.#read(await this.#allWaiting(), match, []);
    const asked = moving.filter(({ day }) => day >= days.from && day <= days.to);
    return sumDays([...resting, ...asked].map(readUsage).map(({ day, ...sums }) => ({ ...sums, day })));
  }

  /** @param items everything that waited before this call: what does not wait by then has been counted */
  async #read(
    items: readonly AccountItem[],
    match: Readonly<Record<string, unknown>>,
    by: readonly UsageName[],
  ): Promise<Found> {
    const rollups = raw(this.#models.rollups);
    // These are read whole, so that what they count and what is still to come is of one moment.
    const ids = [...new Set(items.flatMap((item) => rollupId(item) ?? []))];
    const docs = await rollups.find({ _id: { $in: ids } }, { ...COMMITTED }).toArray();
    const known = new Map(docs.map(({ _id, lastSeq }) => [_id, lastSeq]));
    const moving = [...docs, ...sumItems(items, known).values()];
    const others = ids.length === 0 ? match : { $and: [match, { _id: { $nin: ids } }] };
    if (USAGE_NAMES.every((name) => by.includes(name))) {
      return { moving, resting: await rollups.find(others, { ...COMMITTED }).toArray() };
    }
    const summed = await rollups
      .aggregate<{ _id: Pick<UsageDoc, 'day' | 'key' | 'model' | 'provider'> } & UsageDoc>(
        [{ $match: others }, { $group: { _id: groupBy(by), ...SUMS } }],
        { ...COMMITTED },
      )
      .toArray();
    return { moving, resting: summed.map(({ _id, ...sums }) => ({ ...sums, ..._id })) };
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

const SUMS = {
  requests: { $sum: '$requests' },
  promptTokens: { $sum: '$promptTokens' },
  completionTokens: { $sum: '$completionTokens' },
  reasoningTokens: { $sum: '$reasoningTokens' },
  cost: { $sum: '$cost' },
} as const;

function groupBy(by: readonly UsageName[]): Readonly<Record<string, unknown>> {
  const nothing = { $literal: '' };
  return {
    day: '$day',
    key: by.includes('keyId') ? '$key' : nothing,
    model: by.includes('model') ? '$model' : nothing,
    provider: by.includes('provider') ? '$provider' : nothing,
  };
}

function readUsage({ day, key, model, provider, ...sums }: UsageDoc): DailyUsage {
  return {
    day,
    model,
    provider,
    keyId: key,
    requests: Number(readNanos(sums.requests)),
    promptTokens: Number(readNanos(sums.promptTokens)),
    completionTokens: Number(readNanos(sums.completionTokens)),
    reasoningTokens: Number(readNanos(sums.reasoningTokens)),
    cost: readNanos(sums.cost),
  };
}
