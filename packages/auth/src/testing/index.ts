export { keyRecord } from './key-record.ts';
export { keyStoreSuite, type MadeKeyStore } from './key-store-suite.ts';
export { sessionRecord } from './session-record.ts';
export { sessionStoreSuite, type MadeSessionStore } from './session-store-suite.ts';
