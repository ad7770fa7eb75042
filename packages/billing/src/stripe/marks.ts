import { formatUsd, parseUsd } from '@onerouter/core';
import type { Payment, PaymentSource } from '../payments/payment.ts';

/** What is written on everything at Stripe that belongs to a payment of ours. */
export interface Marks {
  readonly paymentId: string;
  readonly account: string;
  readonly source: PaymentSource;
  readonly amount: bigint;
  readonly fee: bigint;
}

/** Metadata as Stripe keeps it. */
export type Metadata = Readonly<Record<string, string>>;

/** Marks a refund that the buyer asked for, with its id. */
export const REFUND_MARK = 'onerouter_refund';

export function writeMarks(payment: Payment, instance: string): Record<string, string> {
  return {
    onerouter_instance: instance,
    onerouter_payment: payment.id,
    onerouter_account: payment.account,
    onerouter_source: payment.source,
    onerouter_credit_usd: formatUsd(payment.amount),
    onerouter_fee_usd: formatUsd(payment.fee),
  };
}

/** Whether metadata is another deployment's, so that it is none of our business. */
export function isForeign(metadata: Metadata | null | undefined, instance: string): boolean {
  const written = metadata?.['onerouter_instance'];
  return written !== undefined && written !== instance;
}

/** The marks, or `undefined` where somebody else's payment has none. */
export function readMarks(metadata: Metadata | null | undefined, instance: string): Marks | undefined {
  if (!metadata || metadata['onerouter_instance'] !== instance) return undefined;
  const { onerouter_payment: paymentId, onerouter_account: account, onerouter_source: source } = metadata;
  if (paymentId === undefined || account === undefined) return undefined;
  try {
    return {
      paymentId,
      account,
      source: source === 'auto_top_up' ? source : 'checkout',
      amount: parseUsd(metadata['onerouter_credit_usd'] ?? ''),
      fee: parseUsd(metadata['onerouter_fee_usd'] ?? ''),
    };
  } catch {
    return undefined;
  }
}
