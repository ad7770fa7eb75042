import { formatUsd, GatewayError } from '@onerouter/core';
import type { Stripe } from 'stripe';
import type { Payer } from '../payments/payer.ts';
import { totalOf, type Payment } from '../payments/payment.ts';
import type { PaymentStore } from '../payments/payment-store.ts';
import type { Bookkeeper } from './bookkeeper.ts';
import { CURRENCY, toCents } from './cents.ts';
import { idOf, KEYS_LAST_MS } from './client.ts';
import { writeMarks } from './marks.ts';
import { newPayment, newPaymentId, paymentIdFor } from './new-payment.ts';
import { priceOf, type Price } from './price.ts';
import type { StripeSettings } from './settings.ts';
import { isDefinite } from './stripe-refusal.ts';

export interface CheckoutContext {
  readonly stripe: Stripe;
  readonly settings: StripeSettings;
  readonly payments: PaymentStore;
  readonly bookkeeper: Bookkeeper;
  readonly email: (account: string) => Promise<string | undefined>;
  readonly now: () => number;
}

export interface CheckoutRequest {
  readonly account: string;
  /** Credit to buy, in whole cents. */
  readonly amount: bigint;
  readonly successUrl: string;
  readonly cancelUrl: string;
  /** Asking again under the same key opens the same page. @default none */
  readonly idempotencyKey?: string | undefined;
}

export interface OpenedCheckout {
  readonly payment: Payment;
  readonly id: string;
  readonly url: string;
}

/**
 * Opens a page of Stripe's on which the buyer pays for credit.
 *
 * @throws {GatewayError} `conflict` 409 when the idempotency key stands for another amount, or for a payment that is over
 */
export async function openCheckout(
  context: CheckoutContext,
  request: CheckoutRequest,
): Promise<OpenedCheckout> {
  const { stripe, settings, payments, bookkeeper, now } = context;
  const { account, amount, idempotencyKey } = request;
  const price = priceOf(amount, settings.fees);
  const paymentId = idempotencyKey === undefined ? newPaymentId() : paymentIdFor(account, idempotencyKey);
  const marks = { paymentId, account, source: 'checkout', amount, fee: price.fee } as const;
  // Known here before it is known there: whatever Stripe tells of it finds it.
  const payment = await payments.addPayment(newPayment(marks, now()));
  if (payment.amount !== amount) {
    throw new GatewayError('conflict', 'This Idempotency-Key stands for another amount. Use a new one.');
  }
  // After a day Stripe would open another page for it, and both could be paid.
  if (payment.state !== 'pending' || now() - payment.createdAt > KEYS_LAST_MS) {
    throw new GatewayError(
      'conflict',
      'This Idempotency-Key stands for a payment that is over. Use a new one.',
    );
  }
  const payer = await payments.findPayer(account);
  const email = await context.email(account);
  const params = checkoutParams(settings, payment, price, request, payer, email);
  const session = await stripe.checkout.sessions
    .create(params, { idempotencyKey: `checkout:${payment.id}` })
    .catch(async (error: unknown) => {
      if (isDefinite(error)) await bookkeeper.revise(payment.id, asFailed);
      throw error;
    });
  const { id, url, payment_intent: intent } = session;
  if (url === null) throw new Error('Stripe opened a page without an address.');
  const intentId = idOf(intent);
  const opened = await bookkeeper.revise(payment.id, (known) =>
    known.checkoutId === id ? known : { ...known, checkoutId: id, intentId: known.intentId ?? intentId },
  );
  return { payment: opened, id, url };
}

function asFailed(payment: Payment): Payment {
  return payment.state === 'pending' ? { ...payment, state: 'failed' } : payment;
}

function checkoutParams(
  settings: StripeSettings,
  payment: Payment,
  { amount, fee }: Price,
  { successUrl, cancelUrl }: CheckoutRequest,
  payer: Payer | undefined,
  email: string | undefined,
): Stripe.Checkout.SessionCreateParams {
  const { productName, paymentMethodConfiguration, instance } = settings;
  const metadata = writeMarks(payment, instance);
  return {
    mode: 'payment',
    submit_type: 'pay',
    client_reference_id: payment.account,
    success_url: successUrl,
    cancel_url: cancelUrl,
    line_items: [item(productName, amount), ...(fee > 0n ? [item('Fee', fee)] : [])],
    metadata,
    payment_intent_data: {
      metadata,
      description: `${productName}: $${formatUsd(amount)} (payment ${payment.id}, total $${formatUsd(totalOf(payment))})`,
      ...(email !== undefined && { receipt_email: email }),
    },
    // Paid in another currency, the amount could not be compared with what was asked for.
    adaptive_pricing: { enabled: false },
    ...customerFields(payer, email),
    ...(paymentMethodConfiguration !== undefined && {
      payment_method_configuration: paymentMethodConfiguration,
    }),
  };
}

function item(name: string, nanos: bigint): Stripe.Checkout.SessionCreateParams.LineItem {
  return {
    quantity: 1,
    price_data: { currency: CURRENCY, unit_amount: toCents(nanos), product_data: { name } },
  };
}

function customerFields(
  payer: Payer | undefined,
  email: string | undefined,
): Pick<Stripe.Checkout.SessionCreateParams, 'customer' | 'customer_email'> {
  if (payer?.customerId) return { customer: payer.customerId };
  return email === undefined ? {} : { customer_email: email };
}
