export {
  GENERATION_FILTERS,
  passesFilters,
  type FinishedStatus,
  type GenerationLog,
  type GenerationQuery,
} from './generation-log.ts';
export { idRange, type IdRange } from './id-range.ts';
export type { Settled, SettlementFeed } from './settlement-feed.ts';
export type {
  DailyUsage,
  DayRange,
  DayTotals,
  UsageName,
  UsageQuery,
  UsageRollups,
  UsageSums,
} from './usage-rollups.ts';
export {
  addUsage,
  asksFor,
  dayOf,
  NOTHING_USED,
  sumDaily,
  sumDays,
  USAGE_NAMES,
  usageOf,
} from './sum-usage.ts';
export { DEFAULT_MEMORY_LOG_RECORDS, memoryGenerationLog, type MemoryGenerationLog } from './memory-log.ts';
export { measureUsage, UNDERREPORTED } from './measure.ts';
export { meter, MIN_GENERATION_MS, type MeterOptions } from './meter.ts';
export { MAX_TAPPED_BYTES, tapResponse } from './tap.ts';
