import type { KeyRecord, KeyStore } from './key-store.ts';

/** A {@link KeyStore} that can be filled. */
export interface MemoryKeys extends KeyStore {
  /** Adds a key, or replaces the one with its hash. */
  add(record: KeyRecord): void;
  /** @returns whether there was one */
  remove(hash: string): boolean;
}

/** Keys in this process's memory: for tests, and for gateways with a handful of fixed keys. */
export function memoryKeys(records: Iterable<KeyRecord> = []): MemoryKeys {
  const keys = new Map<string, KeyRecord>();
  for (const record of records) keys.set(record.hash, record);
  return {
    async find(hash) {
      return keys.get(hash);
    },
    add(record) {
      keys.set(record.hash, record);
    },
    remove: (hash) => keys.delete(hash),
  };
}
