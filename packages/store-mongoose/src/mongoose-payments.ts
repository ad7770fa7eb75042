import { DEFAULT_PAYMENTS_PAGE, type PaymentStore } from '@onerouter/billing';
import { COMMITTED, DURABLE, isDuplicate } from './concerns.ts';
import { raw, type Models } from './models.ts';
import { readPayer, readPayment, writePayerDoc, writePayment } from './payment-docs.ts';

/** Payments and payers. A record is written whole, on condition of the version it was read at. */
export function mongoosePayments(models: Models): PaymentStore {
  const payments = raw(models.payments);
  const payers = raw(models.payers);
  return {
    async addPayment(payment) {
      try {
        await payments.insertOne(writePayment(payment), DURABLE);
        return payment;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      const there = await payments.findOne({ _id: payment.id }, COMMITTED);
      return there ? readPayment(there) : payment;
    },
    async findPayment(id) {
      const doc = await payments.findOne({ _id: id }, COMMITTED);
      return doc ? readPayment(doc) : undefined;
    },
    async findPaymentBy(reference, value) {
      const doc = await payments.findOne({ [reference]: value }, COMMITTED);
      return doc ? readPayment(doc) : undefined;
    },
    async replacePayment(payment) {
      const before = { _id: payment.id, version: payment.version - 1 };
      const { matchedCount } = await payments.replaceOne(before, writePayment(payment), DURABLE);
      return matchedCount === 1;
    },
    async listPayments(account, { limit = DEFAULT_PAYMENTS_PAGE, after } = {}) {
      // To MongoDB a limit of 0 is none.
      if (limit === 0) return [];
      const beyond = after ? afterFilter(after) : {};
      const found = payments.find(
        { account, ...beyond },
        { ...COMMITTED, sort: { createdAt: -1, _id: -1 }, limit },
      );
      return (await found.toArray()).map(readPayment);
    },
    async findPayer(account) {
      const doc = await payers.findOne({ _id: account }, COMMITTED);
      return doc ? readPayer(doc) : undefined;
    },
    async writePayer(payer) {
      const doc = writePayerDoc(payer);
      if (payer.version > 1) {
        const before = { _id: payer.account, version: payer.version - 1 };
        return (await payers.replaceOne(before, doc, DURABLE)).matchedCount === 1;
      }
      try {
        await payers.insertOne(doc, DURABLE);
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async payersDue(before, limit) {
      const due = payers.find(
        { dueAt: { $lte: new Date(before) } },
        { ...COMMITTED, projection: { _id: 1 }, sort: { dueAt: 1 }, limit },
      );
      return (await due.toArray()).map(({ _id }) => _id);
    },
  };
}

function afterFilter({ createdAt, id }: { createdAt: number; id: string }): object {
  const at = new Date(createdAt);
  return { createdAt: { $lte: at }, $or: [{ createdAt: { $lt: at } }, { _id: { $lt: id } }] };
}
