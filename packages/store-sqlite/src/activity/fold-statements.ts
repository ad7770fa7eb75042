import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isRead } from '../book-rows.ts';

type StatementName =
  | 'account'
  | 'folded'
  | 'batch'
  | 'begin'
  | 'advance'
  | 'rollup'
  | 'total'
  | 'newSeries'
  | 'series'
  | 'list'
  | 'unlist'
  | 'provisional'
  | 'provide'
  | 'settle';

/** The statements that fold generations into rollups and lists, prepared once. */
export type FoldStatements = Readonly<Record<StatementName, StatementSync>>;

const SUMS = 'requests, prompt_tokens, completion_tokens, reasoning_tokens, cost';
const ADDED = SUMS.split(', ')
  .map((column) => `${column} = ${column} + excluded.${column}`)
  .join(', ');

/** What folding asks and writes. */
export const FOLD_SQL: Readonly<Record<StatementName, string>> = {
  account: 'SELECT account FROM generations WHERE seq IS NOT NULL AND account > ? ORDER BY account LIMIT 1',
  folded: 'SELECT seq FROM folded WHERE account = ?',
  batch: `
    SELECT id, created_at, key, model, provider, status, cost, seq, final,
      coalesce(data ->> '$.usage.promptTokens', 0) AS prompt_tokens,
      coalesce(data ->> '$.usage.completionTokens', 0) AS completion_tokens,
      coalesce(data ->> '$.usage.reasoningTokens', 0) AS reasoning_tokens
    FROM generations WHERE account = ? AND seq > ? ORDER BY seq LIMIT ?`,
  begin: 'INSERT OR IGNORE INTO folded (account, seq) VALUES (?, 0)',
  advance: 'UPDATE folded SET seq = ? WHERE account = ? AND seq = ?',
  rollup: `
    INSERT INTO rollups (account, day, key, model, provider, ${SUMS}, last_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET ${ADDED}, last_seq = excluded.last_seq`,
  total: `INSERT INTO day_totals (day, ${SUMS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET ${ADDED}`,
  newSeries: 'INSERT OR IGNORE INTO series (account, key, model, provider, status) VALUES (?, ?, ?, ?, ?)',
  series:
    'SELECT series FROM series WHERE account = ? AND key = ? AND model = ? AND provider = ? AND status = ?',
  list: 'INSERT OR IGNORE INTO listings (series, id) VALUES (?, ?)',
  unlist: 'DELETE FROM listings WHERE series = ? AND id = ?',
  provisional: 'SELECT series FROM provisional_listings WHERE account = ? AND id = ?',
  provide: 'INSERT OR REPLACE INTO provisional_listings (account, id, series) VALUES (?, ?, ?)',
  settle: 'DELETE FROM provisional_listings WHERE account = ? AND id = ?',
};

export function foldStatements(db: DatabaseSync): FoldStatements {
  const entries = Object.entries(FOLD_SQL).map(([name, sql]) => {
    const statement = db.prepare(sql);
    if (isRead(sql)) statement.setReadBigInts(true);
    return [name, statement];
  });
  return Object.fromEntries(entries) as FoldStatements;
}
