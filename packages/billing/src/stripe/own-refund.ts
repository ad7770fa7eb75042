import { randomBytes } from 'node:crypto';
import { GatewayError, type Nanos } from '@onerouter/core';
import type { Stripe } from 'stripe';
import type { OwnRefund, Payment } from '../payments/payment.ts';
import type { Bookkeeper, PaymentLedger } from './bookkeeper.ts';
import { floorToCent, toCents } from './cents.ts';
import { KEYS_LAST_MS } from './client.ts';
import { REFUND_MARK } from './marks.ts';
import { listRefunds, withRefunds } from './refunds.ts';
import { isDefinite } from './stripe-refusal.ts';

export interface RefundContext {
  readonly stripe: Stripe;
  readonly ledger: PaymentLedger;
  readonly bookkeeper: Bookkeeper;
  readonly refundWindowMs: number;
  readonly now: () => number;
}

/** Until when a payment's unused credit may be given back; `null` when it may not. */
export function refundableUntil(payment: Payment, refundWindowMs: number): number | null {
  if (payment.state !== 'paid' || payment.paidAt === null) return null;
  if (payment.disputes.some(({ state }) => state === 'withdrawn')) return null;
  return payment.paidAt + refundWindowMs;
}

/** What of a payment may be given back now: what was not taken back and is not used, in whole cents. Fees stay. */
export function refundableNow(
  payment: Payment,
  available: Nanos,
  { refundWindowMs, now }: { refundWindowMs: number; now: number },
): Nanos {
  const until = refundableUntil(payment, refundWindowMs);
  if (until === null || until <= now) return 0n;
  const left = payment.amount - payment.takeBack;
  return floorToCent(left < available ? left : available);
}

/**
 * Gives the buyer back what is unused of a payment. First the credit is taken, all of it or nothing, then Stripe is asked;
 * when Stripe refuses, the credit comes back. A refund whose fate is unknown is asked for again, under the same key.
 *
 * @throws {GatewayError} `conflict` 409 when there is nothing to give back, or it has just been spent
 */
export async function refundUnused(context: RefundContext, payment: Payment): Promise<Payment> {
  const { ledger, bookkeeper, refundWindowMs, now } = context;
  if (payment.ownRefunds.some(({ state }) => state === 'asked')) return resumeRefunds(context, payment);
  const { available } = await ledger.balance(payment.account);
  const amount = refundableNow(payment, available, { refundWindowMs, now: now() });
  if (amount === 0n) throw new GatewayError('conflict', nothingLeft(payment, context));
  const id = `refund:${payment.intentId ?? payment.id}:${randomBytes(8).toString('hex')}`;
  const own: OwnRefund = { id, amount, state: 'asked', askedAt: now() };
  const taken = await bookkeeper.revise(
    payment.id,
    // Somebody else has changed what is refundable: better asked again than refunded twice.
    (known) => (known.version === payment.version ? asked(known, own) : known),
    { strict: true },
  );
  if (!taken.ownRefunds.some((one) => one.id === id)) {
    throw new GatewayError(
      'conflict',
      'This credit has just been used, or the payment has changed. Look at it again.',
    );
  }
  return resumeRefunds(context, taken);
}

/** Asks Stripe for the refunds whose fate is unknown. */
export async function resumeRefunds(context: RefundContext, payment: Payment): Promise<Payment> {
  let current = payment;
  for (const own of payment.ownRefunds) if (own.state === 'asked') current = await ask(context, current, own);
  return current;
}

async function ask(context: RefundContext, payment: Payment, own: OwnRefund): Promise<Payment> {
  const { stripe, bookkeeper, now } = context;
  const { id, intentId } = payment;
  if (intentId === null) return payment;
  if (now() - own.askedAt > KEYS_LAST_MS) {
    const seen = await bookkeeper.revise(id, async (known) =>
      withRefunds(known, await listRefunds(stripe, intentId)),
    );
    if (!seen.ownRefunds.some((one) => one.id === own.id && one.state === 'asked')) return seen;
  }
  try {
    await stripe.refunds.create(
      { payment_intent: intentId, amount: toCents(own.amount), metadata: { [REFUND_MARK]: own.id } },
      { idempotencyKey: own.id },
    );
  } catch (error) {
    if (!isDefinite(error)) throw error;
    await bookkeeper.revise(id, (known) => without(known, own));
    throw error;
  }
  return bookkeeper.revise(id, (known) => confirmed(known, own));
}

function asked(payment: Payment, own: OwnRefund): Payment {
  return { ...payment, ownRefunds: [...payment.ownRefunds, own], refunded: payment.refunded + own.amount };
}

function without(payment: Payment, { id, amount }: OwnRefund): Payment {
  const ownRefunds = payment.ownRefunds.filter((one) => one.id !== id || one.state !== 'asked');
  if (ownRefunds.length === payment.ownRefunds.length) return payment;
  return { ...payment, ownRefunds, refunded: payment.refunded - amount };
}

function confirmed(payment: Payment, { id }: OwnRefund): Payment {
  if (!payment.ownRefunds.some((one) => one.id === id && one.state === 'asked')) return payment;
  const ownRefunds = payment.ownRefunds.map((one) =>
    one.id === id ? { ...one, state: 'done' as const } : one,
  );
  return { ...payment, ownRefunds };
}

function nothingLeft(payment: Payment, { refundWindowMs, now }: RefundContext): string {
  const until = refundableUntil(payment, refundWindowMs);
  if (until === null) return 'This payment cannot be refunded: it is not paid, or it is disputed.';
  if (until <= now()) return 'The time in which unused credit can be given back is over.';
  return 'Nothing of this payment is left to give back: it was used or refunded.';
}
