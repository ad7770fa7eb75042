export { keyRecord } from './key-record.ts';
export { keyStoreSuite, type MadeKeyStore } from './key-store-suite.ts';
