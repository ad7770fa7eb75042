import type { Generation } from '@onerouter/core';
import { passesFilters, type GenerationLog } from './generation-log.ts';
import { idRange } from './id-range.ts';
import type { SettlementFeed } from './settlement-feed.ts';
import { asksFor, sumDaily, sumDays, usageOf } from './sum-usage.ts';
import type { UsageRollups } from './usage-rollups.ts';

/** @default 10000 */
export const DEFAULT_MEMORY_LOG_RECORDS = 10_000;

/** A log in memory, and what can be read from it. */
export type MemoryGenerationLog = GenerationLog & SettlementFeed & UsageRollups;

/** A log in memory that keeps the newest records. What it has forgotten is in no list and in no sum. */
export function memoryGenerationLog(maxRecords: number = DEFAULT_MEMORY_LOG_RECORDS): MemoryGenerationLog {
  const records = new Map<string, { readonly generation: Generation; readonly position: number }>();
  let appended = 0;
  const of = (accountId: string): readonly Generation[] =>
    [...records.values()]
      .map(({ generation }) => generation)
      .filter((generation) => generation.accountId === accountId);
  return {
    async append(generation) {
      if (records.has(generation.id)) return;
      appended += 1;
      records.set(generation.id, { generation: { ...generation }, position: appended });
      const [oldest] = records.keys();
      if (records.size > maxRecords && oldest !== undefined) records.delete(oldest);
    },
    async find(accountId, id) {
      const found = records.get(id)?.generation;
      return found?.accountId === accountId ? { ...found } : undefined;
    },
    async list(query) {
      const { from, before } = idRange(query);
      return of(query.accountId)
        .filter(({ id, status }) => id >= from && id < before && status !== 'pending')
        .filter((generation) => passesFilters(generation, query))
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, query.limit)
        .map((generation) => ({ ...generation }));
    },
    async end() {
      return appended;
    },
    async after(accountId, position, limit) {
      return [...records.values()]
        .filter((one) => one.position > position && one.generation.accountId === accountId)
        .slice(0, limit)
        .map((one) => ({ position: one.position, generation: { ...one.generation } }));
    },
    async daily(accountId, query) {
      return sumDaily(
        of(accountId)
          .map(usageOf)
          .filter((usage) => asksFor(query, usage)),
        query.by,
      );
    },
    async totals({ from, to }) {
      const all = [...records.values()].map(({ generation }) => usageOf(generation));
      return sumDays(all.filter(({ day }) => day >= from && day <= to));
    },
  };
}
