export { idempotencyStoreSuite, type IdempotencyStoreSetup } from './idempotency-store-suite.ts';
