import type { Generation } from '@onerouter/core';
import type { GenerationLog } from './generation-log.ts';

/** @default 10000 */
export const DEFAULT_MEMORY_LOG_RECORDS = 10_000;

/** A log in memory that keeps the newest records. */
export function memoryGenerationLog(maxRecords: number = DEFAULT_MEMORY_LOG_RECORDS): GenerationLog {
  const records = new Map<string, Generation>();
  return {
    async append(generation) {
      if (records.has(generation.id)) return;
      records.set(generation.id, { ...generation });
      const [oldest] = records.keys();
      if (records.size > maxRecords && oldest !== undefined) records.delete(oldest);
    },
    async find(accountId, id) {
      const found = records.get(id);
      return found?.accountId === accountId ? { ...found } : undefined;
    },
  };
}
