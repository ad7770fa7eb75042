import type { Generation } from '@onerouter/core';
import {
  GENERATION_FILTERS,
  idRange,
  passesFilters,
  type GenerationQuery,
  type IdRange,
  type Settled,
  type SettlementFeed,
} from '@onerouter/metering';
import type { mongo } from 'mongoose';
import { COMMITTED } from '../concerns.ts';
import { readGeneration } from '../generation-fields.ts';
import { raw, type Models } from '../models.ts';
import type { GenerationDoc } from '../schemas/generation.ts';
import { recordKey } from '../values.ts';
import { viewOutbox } from './outbox-view.ts';
import { seriesOf } from './series.ts';

/** Lists that the server still merges in order; beyond it, it would sort. */
export const SERIES_AT_ONCE = 200;

/** The page of an account's generations that stand in a range of ids, as the server is asked for it. */
export function pageQuery(
  account: string,
  { from, before }: IdRange,
  series?: readonly string[],
): { readonly filter: mongo.Filter<GenerationDoc>; readonly sort: Record<string, 1 | -1> } {
  if (series === undefined) {
    const filter = { _id: { $gte: recordKey(account, from), $lt: recordKey(account, before) } };
    return { filter, sort: { _id: -1 } };
  }
  return { filter: { account, series: { $in: series }, id: { $gte: from, $lt: before } }, sort: { id: -1 } };
}

/** What was settled behind a position, up to another. */
export function feedQuery(
  account: string,
  position: number,
  upTo: number,
): { readonly filter: mongo.Filter<GenerationDoc>; readonly sort: Record<string, 1 | -1> } {
  return { filter: { account, seq: { $gt: position, $lte: upTo } }, sort: { seq: 1 } };
}

/** Lists of generations, newest first or in the order of settling, those included that wait to be copied. */
export class MongooseLists implements SettlementFeed {
  readonly #models: Models;

  constructor(models: Models) {
    this.#models = models;
  }

  async list(query: GenerationQuery): Promise<readonly Generation[]> {
    const { accountId: account, limit } = query;
    const range = idRange(query);
    const { waiting } = await viewOutbox(this.#models, account);
    // Of two records of one generation the later counts.
    const newest = new Map(waiting.map(({ id, generation }) => [id, generation]));
    const copied = await this.#copied(query, range, limit + newest.size);
    const listed = copied.filter(({ id }) => !newest.has(id));
    for (const [id, fields] of newest) {
      const generation = readGeneration(account, id, fields);
      if (id >= range.from && id < range.before && passesFilters(generation, query)) listed.push(generation);
    }
    return listed.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
  }

  async end(accountId: string): Promise<number> {
    const book = await raw(this.#models.books).findOne(
      { _id: accountId },
      { ...COMMITTED, projection: { seq: 1 } },
    );
    return book?.seq ?? 0;
  }

  async after(accountId: string, position: number, limit: number): Promise<readonly Settled[]> {
    const { seq: upTo, waiting } = await viewOutbox(this.#models, accountId);
    if (upTo <= position) return [];
    const { filter, sort } = feedQuery(accountId, position, upTo);
    const docs = await raw(this.#models.generations)
      .find(filter, { ...COMMITTED, sort, limit })
      .toArray();
    const found = new Map(
      docs.map((doc) => [doc.id, { position: doc.seq ?? 0, generation: read(accountId, doc) }]),
    );
    for (const { id, seq, generation } of waiting) {
      if (seq > position)
        found.set(id, { position: seq, generation: readGeneration(accountId, id, generation) });
    }
    return [...found.values()].toSorted((a, b) => a.position - b.position).slice(0, limit);
  }

  async #copied(query: GenerationQuery, range: IdRange, limit: number): Promise<Generation[]> {
    const { accountId: account } = query;
    const generations = raw(this.#models.generations);
    const page = async (series?: readonly string[]): Promise<Generation[]> => {
      const { filter, sort } = pageQuery(account, range, series);
      const docs = await generations.find(filter, { ...COMMITTED, sort, limit }).toArray();
      return docs.map((doc) => read(account, doc));
    };
    if (GENERATION_FILTERS.every((field) => query[field] === undefined)) return page();
    const series = await seriesOf(this.#models, query);
    const pages: Promise<Generation[]>[] = [];
    for (let at = 0; at < series.length; at += SERIES_AT_ONCE) {
      pages.push(page(series.slice(at, at + SERIES_AT_ONCE)));
    }
    const found = (await Promise.all(pages)).flat();
    // A list may be behind what it lists by the moment in which a settlement replaces it.
    const passing = found.filter((generation) => passesFilters(generation, query));
    return passing.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
  }
}

function read(account: string, doc: GenerationDoc): Generation {
  return readGeneration(account, doc.id, doc);
}
