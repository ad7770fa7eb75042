export { accountStoreSuite, type MadeAccountStore } from './account-store-suite.ts';
