import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookStatements } from '../book-statements.ts';
import { isRead } from '../book-rows.ts';
import { openDatabase } from '../database.ts';
import { FOLD_SQL } from './fold-statements.ts';
import { LIST_QUERIES } from './sqlite-lists.ts';
import { ROLLUP_QUERIES } from './sqlite-rollups.ts';

/** How each question is answered, as `table: USING what (by which columns)`. */
const PLANS: Readonly<Record<string, readonly [sql: string, plan: string]>> = {
  'a page of generations': [
    LIST_QUERIES.newest,
    'generations USING PRIMARY KEY (account=? AND id>? AND id<?)',
  ],
  'the series of an account': [
    LIST_QUERIES.series,
    'series USING COVERING INDEX sqlite_autoindex_series_1 (account=?)',
  ],
  'a page of a series': [LIST_QUERIES.listed, 'listings USING PRIMARY KEY (series=? AND id>? AND id<?)'],
  'a listed generation': [LIST_QUERIES.generation, 'generations USING PRIMARY KEY (account=? AND id=?)'],
  'the end of the feed': [
    LIST_QUERIES.end,
    'generations USING COVERING INDEX settled_of_account (account=? AND seq>?)',
  ],
  'what was settled behind a position': [
    LIST_QUERIES.after,
    'generations USING INDEX settled_of_account (account=? AND seq>?)',
  ],
  'use by day': [ROLLUP_QUERIES.daily, 'rollups USING PRIMARY KEY (account=? AND day>? AND day<?)'],
  'totals by day': [ROLLUP_QUERIES.totals, 'day_totals USING PRIMARY KEY (day>? AND day<?)'],
  'a batch to fold': [FOLD_SQL.batch, 'generations USING INDEX settled_of_account (account=? AND seq>?)'],
  'the next account to fold': [
    FOLD_SQL.account,
    'generations USING COVERING INDEX settled_of_account (account>?)',
  ],
  'what may move': [FOLD_SQL.provisional, 'provisional_listings USING PRIMARY KEY (account=? AND id=?)'],
  'a series by its names': [
    FOLD_SQL.series,
    'series USING COVERING INDEX sqlite_autoindex_series_1 ' +
      '(account=? AND key=? AND model=? AND provider=? AND status=?)',
  ],
};

describe('SQLite answers from indexes, without sorting', () => {
  let db: DatabaseSync;
  beforeAll(() => {
    db = openDatabase(':memory:');
  });
  afterAll(() => db.close());

  const plan = (sql: string): readonly string[] => {
    const parameters = Array.from(sql.matchAll(/\?/g), () => null);
    return db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...parameters)
      .map((row) => String(row['detail']));
  };

  it.each(Object.entries(PLANS))('%s', (_, [sql, expected]) => {
    expect(plan(sql)).toEqual([`SEARCH ${expected}`]);
  });

  it('in every question that lists, sums and folding ask', () => {
    const known = new Set(Object.values(PLANS).map(([sql]) => sql));
    const asked = [LIST_QUERIES, ROLLUP_QUERIES, FOLD_SQL].flatMap((one) => Object.values(one));
    for (const sql of asked.filter(isRead)) {
      if (sql === ROLLUP_QUERIES.summed) continue;
      if (!known.has(sql)) expect(plan(sql).join('; '), sql).not.toMatch(/SCAN|TEMP B-TREE/);
    }
  });

  it('but for sums over names, which sort what they have summed of each day', () => {
    expect(plan(ROLLUP_QUERIES.summed)).toEqual([
      'SEARCH rollups USING PRIMARY KEY (account=? AND day>? AND day<?)',
      'USE TEMP B-TREE FOR GROUP BY',
    ]);
  });

  it('the entries of the ledger as before, though their index has grown', () => {
    const { entries } = bookStatements(db);
    expect(plan(entries.sourceSQL)).toEqual([
      'MERGE (UNION ALL)',
      'LEFT',
      'SEARCH entries USING INDEX entries_of_account (account=? AND seq>?)',
      'RIGHT',
      'SEARCH generations USING INDEX settled_of_account (account=? AND seq>?)',
    ]);
  });
});
