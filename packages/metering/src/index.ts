export type { GenerationLog } from './generation-log.ts';
export { DEFAULT_MEMORY_LOG_RECORDS, memoryGenerationLog } from './memory-log.ts';
export { measureUsage, UNDERREPORTED } from './measure.ts';
export { meter, MIN_GENERATION_MS, type MeterOptions } from './meter.ts';
export { MAX_TAPPED_BYTES, tapResponse } from './tap.ts';
