import type { Payer } from '../payments/payer.ts';
import { newPayer } from '../payments/payer.ts';
import type { Payment } from '../payments/payment.ts';

/** A payment of $10 for a test, not paid yet. */
export function payment(id: string, account: string, fields: Partial<Payment> = {}): Payment {
  return {
    id,
    account,
    version: 1,
    source: 'checkout',
    state: 'pending',
    createdAt: 1_790_000_000_000,
    paidAt: null,
    amount: 10_000_000_000n,
    fee: 850_000_000n,
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
    ...fields,
  };
}

/** A payer for a test, as it is written first. */
export function payer(account: string, fields: Partial<Payer> = {}): Payer {
  return { ...newPayer(account), version: 1, ...fields };
}
