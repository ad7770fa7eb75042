import { paymentStoreSuite } from '../testing/payment-store-suite.ts';
import { memoryPayments } from './memory-payments.ts';

paymentStoreSuite('memoryPayments()', async () => {
  const store = memoryPayments();
  return { store, another: async () => store };
});
