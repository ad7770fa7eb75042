import type { Nanos } from '@onerouter/core';

/** How a payment came about: somebody bought credits, or a saved card was charged. */
export type PaymentSource = 'checkout' | 'auto_top_up';

/**
 * - `pending`: asked for. Delayed methods stay here for days.
 * - `paid`: the money is there, and the credit is in the ledger. Final.
 * - `failed`: it was declined, or nobody paid in time. Money that arrives after all makes it `paid`.
 */
export type PaymentState = 'pending' | 'paid' | 'failed';

/** Money that the buyer asked back and that goes, or went, back by an act of ours. */
export interface OwnRefund {
  readonly id: string;
  /** Whole cents. As much credit was taken. */
  readonly amount: Nanos;
  /** `asked` until the processor has confirmed it. */
  readonly state: 'asked' | 'done';
  readonly askedAt: number;
}

/** What the buyer's bank withdrew, and may have given back. */
export interface Dispute {
  readonly id: string;
  /** Part of the total. */
  readonly amount: Nanos;
  /** `returned` is final. */
  readonly state: 'withdrawn' | 'returned';
}

/**
 * An act on the ledger that follows from refunds and disputes. It is written here before it is done there, so that it is
 * done once, whoever comes to do it.
 */
export interface TakeBack {
  /** The ledger's entry id. */
  readonly id: string;
  readonly kind: 'refund' | 'dispute';
  /** Above zero: to take. Below zero: to give back. */
  readonly amount: Nanos;
  /** All of it or nothing; else as much as is there. */
  readonly strict: boolean;
  /** What the ledger booked, with the same sign; `null` until it is known. */
  readonly booked: Nanos | null;
}

/** One payment for credits: what the processor says of it, and what follows from that. The money itself is in the ledger. */
export interface Payment {
  readonly id: string;
  readonly account: string;
  /** 1 when it is made; every change adds 1. */
  readonly version: number;
  readonly source: PaymentSource;
  readonly state: PaymentState;
  readonly createdAt: number;
  readonly paidAt: number | null;
  /** Credit that is bought. */
  readonly amount: Nanos;
  readonly fee: Nanos;
  /** The processor's ids, as far as they are known. */
  readonly checkoutId: string | null;
  readonly intentId: string | null;
  readonly chargeId: string | null;
  readonly receiptUrl: string | null;
  /** What the processor has paid back of the total, all refunds together; what the buyer asked back counts at once. */
  readonly refunded: Nanos;
  /** A refund failed after it had counted: what single events say of the sum is not to be relied on any more. */
  readonly refundFailed: boolean;
  readonly ownRefunds: readonly OwnRefund[];
  readonly disputes: readonly Dispute[];
  /** How much of the credit is to be taken back by now. */
  readonly takeBack: Nanos;
  readonly takeBacks: readonly TakeBack[];
}

/** What the buyer pays: the credit and the fee. */
export function totalOf({ amount, fee }: Pick<Payment, 'amount' | 'fee'>): Nanos {
  return amount + fee;
}
