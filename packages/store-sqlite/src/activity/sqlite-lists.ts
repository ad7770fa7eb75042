import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Generation } from '@onerouter/core';
import {
  GENERATION_FILTERS,
  idRange,
  passesFilters,
  type GenerationQuery,
  type Settled,
  type SettlementFeed,
} from '@onerouter/metering';
import { number, text } from '../book-rows.ts';
import { readGeneration } from '../generation-rows.ts';
import type { Folder } from './folder.ts';
import { newestOf } from './newest.ts';

/** What generations are listed and followed by, for the pages to be answered from indexes alone. */
export const LIST_QUERIES = {
  newest: 'SELECT * FROM generations WHERE account = ? AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?',
  series: 'SELECT series, key, model, provider, status FROM series WHERE account = ?',
  listed: 'SELECT id FROM listings WHERE series = ? AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?',
  generation: 'SELECT * FROM generations WHERE account = ? AND id = ?',
  end: 'SELECT seq FROM generations WHERE account = ? AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1',
  after: 'SELECT * FROM generations WHERE account = ? AND seq > ? ORDER BY seq LIMIT ?',
} as const;

type Statements = Readonly<Record<keyof typeof LIST_QUERIES, StatementSync>>;

/** Lists of generations, newest first or in the order of settling. */
export class SqliteLists implements SettlementFeed {
  readonly #folder: Folder;
  readonly #sql: Statements;

  constructor(db: DatabaseSync, folder: Folder) {
    this.#folder = folder;
    const entries = Object.entries(LIST_QUERIES).map(([name, sql]) => {
      const statement = db.prepare(sql);
      statement.setReadBigInts(true);
      return [name, statement];
    });
    this.#sql = Object.fromEntries(entries) as Statements;
  }

  async list(query: GenerationQuery): Promise<readonly Generation[]> {
    const { accountId, limit } = query;
    const { from, before } = idRange(query);
    if (GENERATION_FILTERS.every((field) => query[field] === undefined)) {
      return this.#sql.newest.all(accountId, from, before, limit).map(readGeneration);
    }
    await this.#folder.catchUp(accountId);
    const series = this.#seriesOf(query);
    const found: Generation[] = [];
    let behind = before;
    while (found.length < limit) {
      const wanted = limit - found.length;
      const ids = newestOf(series, behind, wanted, (list, upTo, most) =>
        this.#sql.listed.all(list, from, upTo, most).map((row) => text(row, 'id')),
      );
      for (const id of ids) {
        const row = this.#sql.generation.get(accountId, id);
        const generation = row && readGeneration(row);
        // One that another process has replaced this moment is listed where it was.
        if (generation && passesFilters(generation, query)) found.push(generation);
      }
      if (ids.length < wanted) break;
      behind = ids.at(-1) ?? '';
    }
    return found;
  }

  async end(accountId: string): Promise<number> {
    const row = this.#sql.end.get(accountId);
    return row ? number(row, 'seq') : 0;
  }

  async after(accountId: string, position: number, limit: number): Promise<readonly Settled[]> {
    const rows = this.#sql.after.all(accountId, position, limit);
    return rows.map((row) => ({ position: number(row, 'seq'), generation: readGeneration(row) }));
  }

  #seriesOf(query: GenerationQuery): readonly number[] {
    const { accountId, keyId, model, provider, status } = query;
    const wanted = Object.entries({ key: keyId, model, provider, status });
    return this.#sql.series
      .all(accountId)
      .filter((row) => wanted.every(([column, value]) => value === undefined || row[column] === value))
      .map((row) => number(row, 'series'));
  }
}
