export {
  checkBooks,
  ledgerSuite,
  TEST_NOW,
  type LedgerBench,
  type MadeBooks,
  type TestClock,
} from './ledger-suite.ts';
export { draft, generation } from './fixtures.ts';
export { payer, payment } from './payments.ts';
export { paymentStoreSuite, type MadePaymentStore } from './payment-store-suite.ts';
