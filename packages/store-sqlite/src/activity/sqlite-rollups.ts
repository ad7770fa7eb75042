import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import {
  sumDaily,
  USAGE_NAMES,
  type DailyUsage,
  type DayRange,
  type DayTotals,
  type UsageQuery,
  type UsageRollups,
  type UsageSums,
} from '@onerouter/metering';
import { number, text, whole, type Row } from '../book-rows.ts';
import type { Folder } from './folder.ts';
import { inMonths } from './in-months.ts';

const ASKED = `FROM rollups WHERE account = ? AND day >= ? AND day <= ?
    AND (key = ? OR ? IS NULL) AND (model = ? OR ? IS NULL) AND (provider = ? OR ? IS NULL)`;

/** What sums are read by. */
export const ROLLUP_QUERIES: Readonly<Record<'daily' | 'summed' | 'totals', string>> = {
  daily: `SELECT * ${ASKED} ORDER BY day`,
  summed: `SELECT day, iif(?, key, '') AS told_key, iif(?, model, '') AS told_model, iif(?, provider, '') AS told_provider,
    sum(requests) AS requests, sum(prompt_tokens) AS prompt_tokens, sum(completion_tokens) AS completion_tokens,
    sum(reasoning_tokens) AS reasoning_tokens, sum(cost) AS cost ${ASKED}
    GROUP BY day, told_key, told_model, told_provider`,
  totals: 'SELECT * FROM day_totals WHERE day >= ? AND day <= ? ORDER BY day',
};

/** Use by day, brought up to date before each answer. */
export class SqliteRollups implements UsageRollups {
  readonly #folder: Folder;
  readonly #daily: StatementSync;
  readonly #summed: StatementSync;
  readonly #totals: StatementSync;

  constructor(db: DatabaseSync, folder: Folder) {
    this.#folder = folder;
    this.#daily = db.prepare(ROLLUP_QUERIES.daily);
    this.#summed = db.prepare(ROLLUP_QUERIES.summed);
    this.#totals = db.prepare(ROLLUP_QUERIES.totals);
    for (const statement of [this.#daily, this.#summed, this.#totals]) statement.setReadBigInts(true);
  }

  async daily(accountId: string, query: UsageQuery): Promise<readonly DailyUsage[]> {
    await this.#folder.catchUp(accountId);
    const usages: DailyUsage[] = [];
    for (const days of inMonths(query)) {
      usages.push(...this.#read(accountId, { ...query, ...days }));
      // A year of a busy account is many rows; streams go on between them.
      await setImmediate();
    }
    return sumDaily(usages, query.by);
  }

  #read(accountId: string, query: UsageQuery): readonly DailyUsage[] {
    const [key, model, provider] = [query.keyId ?? null, query.model ?? null, query.provider ?? null];
    const asked = [accountId, query.from, query.to, key, key, model, model, provider, provider];
    const { by = USAGE_NAMES } = query;
    if (USAGE_NAMES.every((name) => by.includes(name))) {
      return this.#daily.all(...asked).map((row) => readUsage(row, ''));
    }
    const told = (['keyId', 'model', 'provider'] as const).map((name) => Number(by.includes(name)));
    return this.#summed.all(...told, ...asked).map((row) => readUsage(row, 'told_'));
  }

  async totals({ from, to }: DayRange): Promise<readonly DayTotals[]> {
    await this.#folder.catchUpAll();
    return this.#totals.all(from, to).map((row) => ({ day: text(row, 'day'), ...readSums(row) }));
  }
}

function readUsage(row: Row, prefix: '' | 'told_'): DailyUsage {
  return {
    ...readSums(row),
    day: text(row, 'day'),
    model: text(row, `${prefix}model`),
    provider: text(row, `${prefix}provider`),
    keyId: text(row, `${prefix}key`),
  };
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
