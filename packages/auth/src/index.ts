export type { KeyRecord, KeyStore } from './key-store.ts';
