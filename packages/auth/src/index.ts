export type { KeyRecord, KeyStore } from './key-store.ts';
export { memoryKeys, type MemoryKeys } from './memory-keys.ts';
