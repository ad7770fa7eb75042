import type { Nanos } from '@onerouter/core';
import type { Stripe } from 'stripe';
import { CURRENCY, fromCents } from './cents.ts';
import { idOf } from './client.ts';
import type { Metadata } from './marks.ts';

/** Where Stripe says that a payment belongs, as far as it says. */
export interface Whereabouts {
  readonly metadata?: Metadata | null | undefined;
  readonly checkoutId?: string | null;
  readonly intentId?: string | null;
  readonly chargeId?: string | null;
}

/** Stripe's word that money has arrived. */
export interface Proof extends Whereabouts {
  /** Names the payment in the ledger. */
  readonly intentId: string;
  /** What was paid; `undefined` in a currency that credits are not sold in. */
  readonly paid: Nanos | undefined;
  readonly receiptUrl?: string | null;
}

/** A Checkout page's proof. `undefined` while it is unpaid: methods that take days tell later. */
export function proofOfSession(session: Stripe.Checkout.Session): Proof | undefined {
  if (session.mode === 'setup' || session.payment_status !== 'paid') return undefined;
  return {
    metadata: session.metadata,
    checkoutId: session.id,
    intentId: idOf(session.payment_intent) ?? session.id,
    paid: amountOf(session.amount_total, session.currency),
  };
}

export function proofOfIntent(intent: Stripe.PaymentIntent): Proof | undefined {
  if (intent.status !== 'succeeded') return undefined;
  const charge = intent.latest_charge;
  return {
    metadata: intent.metadata,
    intentId: intent.id,
    chargeId: idOf(charge),
    receiptUrl: typeof charge === 'object' ? (charge?.receipt_url ?? null) : null,
    paid: amountOf(intent.amount_received ?? intent.amount, intent.currency),
  };
}

export function proofOfCharge(charge: Stripe.Charge): Proof | undefined {
  const intentId = idOf(charge.payment_intent);
  if (charge.status !== 'succeeded' || !charge.paid || intentId === null) return undefined;
  return {
    metadata: charge.metadata,
    intentId,
    chargeId: charge.id,
    receiptUrl: charge.receipt_url ?? null,
    paid: amountOf(charge.amount_captured ?? charge.amount, charge.currency),
  };
}

/** An amount of Stripe's in nano-dollars; `undefined` when it is of another currency, or none. */
export function amountOf(
  cents: number | null | undefined,
  currency: string | null | undefined,
): Nanos | undefined {
  if (typeof cents !== 'number' || currency?.toLowerCase() !== CURRENCY) return undefined;
  return fromCents(cents);
}
