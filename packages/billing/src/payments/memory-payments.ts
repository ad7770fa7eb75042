import type { Payer } from './payer.ts';
import type { Payment } from './payment.ts';
import { DEFAULT_PAYMENTS_PAGE, type PaymentStore } from './payment-store.ts';

/** Payments in this process's memory, for tests and for gateways that may forget. */
export function memoryPayments(): PaymentStore {
  const payments = new Map<string, Payment>();
  const payers = new Map<string, Payer>();
  return {
    async addPayment(payment) {
      const there = payments.get(payment.id);
      if (there) return there;
      payments.set(payment.id, payment);
      return payment;
    },
    async findPayment(id) {
      return payments.get(id);
    },
    async findPaymentBy(reference, value) {
      return [...payments.values()].find((payment) => payment[reference] === value);
    },
    async replacePayment(payment) {
      if (payments.get(payment.id)?.version !== payment.version - 1) return false;
      payments.set(payment.id, payment);
      return true;
    },
    async listPayments(account, { limit = DEFAULT_PAYMENTS_PAGE, after } = {}) {
      return [...payments.values()]
        .filter((payment) => payment.account === account && (!after || newestFirst(after, payment) < 0))
        .toSorted(newestFirst)
        .slice(0, limit);
    },
    async findPayer(account) {
      return payers.get(account);
    },
    async writePayer(payer) {
      if ((payers.get(payer.account)?.version ?? 0) !== payer.version - 1) return false;
      payers.set(payer.account, payer);
      return true;
    },
    async payersDue(before, limit) {
      return [...payers.values()]
        .flatMap(({ account, dueAt }) => (dueAt !== null && dueAt <= before ? [{ account, dueAt }] : []))
        .toSorted((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit)
        .map(({ account }) => account);
    },
  };
}

type Placed = Pick<Payment, 'createdAt' | 'id'>;

function newestFirst(a: Placed, b: Placed): number {
  if (a.createdAt !== b.createdAt) return b.createdAt - a.createdAt;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}
