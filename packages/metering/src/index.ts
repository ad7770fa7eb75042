export type { GenerationLog } from './generation-log.ts';
