export { cacheStoreSuite, type CacheStoreSetup } from './cache-store-suite.ts';
