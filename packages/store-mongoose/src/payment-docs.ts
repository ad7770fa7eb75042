import type { Payer, Payment } from '@onerouter/billing';
import type { PayerDoc, PaymentDoc } from './schemas/payment.ts';
import { readNanos } from './values.ts';

/** A payment as it is stored. */
export function writePayment(payment: Payment): PaymentDoc {
  const { id, createdAt, checkoutId, intentId, chargeId, ownRefunds, disputes, takeBacks, ...fields } =
    payment;
  return {
    _id: id,
    ...fields,
    createdAt: new Date(createdAt),
    ...(checkoutId !== null && { checkoutId }),
    ...(intentId !== null && { intentId }),
    ...(chargeId !== null && { chargeId }),
    ownRefunds: [...ownRefunds],
    disputes: [...disputes],
    takeBacks: [...takeBacks],
  };
}

export function readPayment(doc: PaymentDoc): Payment {
  const { _id, checkoutId, intentId, chargeId, ...fields } = doc;
  return {
    ...fields,
    id: _id,
    createdAt: doc.createdAt.getTime(),
    checkoutId: checkoutId ?? null,
    intentId: intentId ?? null,
    chargeId: chargeId ?? null,
    amount: readNanos(doc.amount),
    fee: readNanos(doc.fee),
    refunded: readNanos(doc.refunded),
    takeBack: readNanos(doc.takeBack),
    ownRefunds: doc.ownRefunds.map((own) => ({ ...own, amount: readNanos(own.amount) })),
    disputes: doc.disputes.map((dispute) => ({ ...dispute, amount: readNanos(dispute.amount) })),
    takeBacks: doc.takeBacks.map((act) => ({
      ...act,
      amount: readNanos(act.amount),
      booked: act.booked === null ? null : readNanos(act.booked),
    })),
  };
}

/** A payer as it is stored. */
export function writePayerDoc({ account, dueAt, ...fields }: Payer): PayerDoc {
  return { _id: account, ...fields, dueAt: dueAt === null ? null : new Date(dueAt) };
}

export function readPayer(doc: PayerDoc): Payer {
  const { _id, dueAt, autoTopUp, ...fields } = doc;
  const { enabled, threshold, amount } = autoTopUp;
  return {
    ...fields,
    account: _id,
    dueAt: dueAt?.getTime() ?? null,
    autoTopUp: { enabled, threshold: readNanos(threshold), amount: readNanos(amount) },
  };
}
