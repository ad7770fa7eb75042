import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type {
  DailyUsage,
  DayRange,
  DayTotals,
  UsageQuery,
  UsageRollups,
  UsageSums,
} from '@onerouter/metering';
import { number, text, whole, type Row } from '../book-rows.ts';
import type { Folder } from './folder.ts';

/** What sums are read by. */
export const ROLLUP_QUERIES = {
  daily: `SELECT * FROM rollups WHERE account = ? AND day >= ? AND day <= ?
    AND (key = ? OR ? IS NULL) AND (model = ? OR ? IS NULL) AND (provider = ? OR ? IS NULL) ORDER BY day`,
  totals: 'SELECT * FROM day_totals WHERE day >= ? AND day <= ? ORDER BY day',
} as const;

/** Use by day, brought up to date before each answer. */
export class SqliteRollups implements UsageRollups {
  readonly #folder: Folder;
  readonly #daily: StatementSync;
  readonly #totals: StatementSync;

  constructor(db: DatabaseSync, folder: Folder) {
    this.#folder = folder;
    this.#daily = db.prepare(ROLLUP_QUERIES.daily);
    this.#totals = db.prepare(ROLLUP_QUERIES.totals);
    for (const statement of [this.#daily, this.#totals]) statement.setReadBigInts(true);
  }

  async daily(accountId: string, query: UsageQuery): Promise<readonly DailyUsage[]> {
    await this.#folder.catchUp(accountId);
    const [key, model, provider] = [query.keyId ?? null, query.model ?? null, query.provider ?? null];
    const filters = [key, key, model, model, provider, provider];
    return this.#daily.all(accountId, query.from, query.to, ...filters).map((row) => ({
      ...readSums(row),
      day: text(row, 'day'),
      model: text(row, 'model'),
      provider: text(row, 'provider'),
      keyId: text(row, 'key'),
    }));
  }

  async totals({ from, to }: DayRange): Promise<readonly DayTotals[]> {
    await this.#folder.catchUpAll();
    return this.#totals.all(from, to).map((row) => ({ day: text(row, 'day'), ...readSums(row) }));
  }
}

function readSums(row: Row): UsageSums {
  return {
    requests: number(row, 'requests'),
    promptTokens: number(row, 'prompt_tokens'),
    completionTokens: number(row, 'completion_tokens'),
    reasoningTokens: number(row, 'reasoning_tokens'),
    cost: whole(row, 'cost'),
  };
}
