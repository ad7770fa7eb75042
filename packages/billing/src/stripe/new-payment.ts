import { createHash, randomBytes } from 'node:crypto';
import type { Payment } from '../payments/payment.ts';
import type { Marks } from './marks.ts';

/** A new payment id: `pay-` and 12 random bytes in hex. */
export function newPaymentId(): string {
  return `pay-${randomBytes(12).toString('hex')}`;
}

/** The id of the payment that an account asked for under an Idempotency-Key: asking again names the same one. */
export function paymentIdFor(account: string, idempotencyKey: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([account, idempotencyKey]))
    .digest('hex');
  return `pay-${digest.slice(0, 24)}`;
}

/** A payment that nobody has paid yet. */
export function newPayment({ paymentId, account, source, amount, fee }: Marks, createdAt: number): Payment {
  return {
    id: paymentId,
    account,
    version: 1,
    source,
    state: 'pending',
    createdAt,
    paidAt: null,
    amount,
    fee,
    checkoutId: null,
    intentId: null,
    chargeId: null,
    receiptUrl: null,
    refunded: 0n,
    refundFailed: false,
    ownRefunds: [],
    disputes: [],
    takeBack: 0n,
    takeBacks: [],
  };
}
