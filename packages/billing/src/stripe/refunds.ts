import type { Nanos } from '@onerouter/core';
import type { Stripe } from 'stripe';
import type { Payment } from '../payments/payment.ts';
import { REFUND_MARK } from './marks.ts';
import { amountOf } from './proof.ts';

/** States of refunds whose money has gone, or goes, back to the buyer. */
const COUNTED: ReadonlySet<string | null> = new Set(['succeeded', 'pending', 'requires_action']);

/** A payment's refunds as Stripe lists them. */
export interface KnownRefunds {
  readonly total: Nanos;
  readonly anyFailed: boolean;
  /** Of the buyer's own, by the id we gave them. */
  readonly own: ReadonlyMap<string, 'counted' | 'failed'>;
}

/** Asks Stripe for all refunds of a payment. */
export async function listRefunds(stripe: Stripe, intentId: string): Promise<KnownRefunds> {
  let total = 0n;
  let anyFailed = false;
  const own = new Map<string, 'counted' | 'failed'>();
  for await (const refund of stripe.refunds.list({ payment_intent: intentId, limit: 100 })) {
    const counted = COUNTED.has(refund.status);
    if (counted) total += amountOf(refund.amount, refund.currency) ?? 0n;
    else anyFailed = true;
    const mark = refund.metadata?.[REFUND_MARK];
    if (mark !== undefined && own.get(mark) !== 'counted') own.set(mark, counted ? 'counted' : 'failed');
  }
  return { total, anyFailed, own };
}

/** What is known of a payment once Stripe has listed its refunds: they count as they are, also when that is less. */
export function withRefunds(payment: Payment, refunds: KnownRefunds): Payment {
  const ownRefunds = payment.ownRefunds.flatMap((own) => {
    const seen = refunds.own.get(own.id);
    if (seen === 'failed') return [];
    return [seen === 'counted' && own.state === 'asked' ? { ...own, state: 'done' as const } : own];
  });
  // What was asked for and Stripe does not know yet is on its way.
  const underway = ownRefunds.filter(({ id, state }) => state === 'asked' && !refunds.own.has(id));
  const refunded = underway.reduce((sum, { amount }) => sum + amount, refunds.total);
  const changed =
    ownRefunds.length !== payment.ownRefunds.length ||
    ownRefunds.some((own, at) => own !== payment.ownRefunds[at]) ||
    refunded !== payment.refunded ||
    (refunds.anyFailed && !payment.refundFailed);
  if (!changed) return payment;
  const refundFailed = payment.refundFailed || refunds.anyFailed;
  return { ...payment, ownRefunds, refunded, refundFailed };
}

/** What is known of a payment after an event that told the sum of its refunds: an older event tells less, in vain. */
export function withRefundedSum(payment: Payment, refunded: Nanos): Payment {
  return refunded > payment.refunded ? { ...payment, refunded } : payment;
}
