import type { Stripe } from 'stripe';
import type { Payment } from '../payments/payment.ts';
import type { Bookkeeper } from './bookkeeper.ts';
import { CURRENCY } from './cents.ts';
import { idOf } from './client.ts';
import { newsOfEvent, withDispute } from './disputes.ts';
import { amountOf, proofOfCharge, proofOfIntent, proofOfSession, type Whereabouts } from './proof.ts';
import type { Records } from './records.ts';
import { listRefunds, withRefundedSum, withRefunds } from './refunds.ts';

/** What an event comes to is not known yet; Stripe sends it again later. */
export class TooEarlyError extends Error {
  constructor() {
    super('This event came before the payment that it belongs to.');
    this.name = 'TooEarlyError';
  }
}

export interface EventsOptions {
  readonly stripe: Stripe;
  readonly bookkeeper: Bookkeeper;
  readonly records: Records;
  /** Told of automatic top-ups that have ended. */
  readonly onTopUpEnded: (payment: Payment, declined: Stripe.PaymentIntent | undefined) => Promise<void>;
  /** Told of cards that were given. */
  readonly onCardGiven: (session: Stripe.Checkout.Session) => Promise<void>;
}

type Handler = (event: Stripe.Event) => Promise<void>;

/** The kinds of event that are acted upon; the webhook endpoint has to be subscribed to them. */
export const WEBHOOK_EVENTS = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'charge.succeeded',
  'charge.refunded',
  'charge.refund.updated',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] as const;

type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/**
 * Acts upon a genuine event. When it returns, what follows from the event is committed; other kinds of event come to
 * nothing. Events may come twice, at once and in any order.
 *
 * Rejects with the store's or Stripe's error when they fail, and with {@link TooEarlyError}; send the event again then.
 */
export function createEvents(options: EventsOptions): (event: Stripe.Event) => Promise<void> {
  const { stripe, bookkeeper, records, onTopUpEnded, onCardGiven } = options;

  const sessionPaid = async ({ data }: Stripe.Event): Promise<void> => {
    const session = data.object as Stripe.Checkout.Session;
    if (session.mode === 'setup') return onCardGiven(session);
    const proof = proofOfSession(session);
    if (proof) await records.paid(proof);
  };

  const sessionFailed = async ({ data }: Stripe.Event): Promise<void> => {
    const { id: checkoutId, metadata, payment_intent: intent } = data.object as Stripe.Checkout.Session;
    await failed({ checkoutId, metadata, intentId: idOf(intent) });
  };

  const failed = async (at: Whereabouts): Promise<Payment | undefined> => {
    const payment = await records.locate(at);
    return payment && bookkeeper.revise(payment.id, (known) => asFailed(known));
  };

  const intentPaid = async ({ data }: Stripe.Event): Promise<void> => {
    const proof = proofOfIntent(data.object as Stripe.PaymentIntent);
    const payment = proof && (await records.paid(proof));
    if (payment?.source === 'auto_top_up') await onTopUpEnded(payment, undefined);
  };

  const intentFailed = async ({ type, data }: Stripe.Event): Promise<void> => {
    const intent = data.object as Stripe.PaymentIntent;
    const at = { metadata: intent.metadata, intentId: intent.id };
    const payment = await records.locate(at);
    // On a Checkout page the buyer may try again, with another card.
    if (!payment || (type === 'payment_intent.payment_failed' && payment.source === 'checkout')) return;
    const now = await failed(at);
    if (now?.source === 'auto_top_up') await onTopUpEnded(now, intent);
  };

  const chargePaid = async ({ data }: Stripe.Event): Promise<void> => {
    const proof = proofOfCharge(data.object as Stripe.Charge);
    if (proof) await records.paid(proof);
  };

  const refunded = async (event: Stripe.Event): Promise<void> => {
    const charge = event.data.object as Stripe.Charge;
    const intentId = idOf(charge.payment_intent);
    const at = { metadata: charge.metadata, intentId, chargeId: charge.id };
    const payment = await records.locateOrAsk(at);
    if (!payment) return;
    // A charge that was refunded was paid, even if the event that said so is still on its way.
    const proof = proofOfCharge({ ...charge, payment_intent: intentId ?? payment.intentId });
    const paid = payment.state === 'paid' ? payment : proof && (await records.paid(proof, payment));
    if (paid?.state !== 'paid') throw new TooEarlyError();
    const sum = amountOf(charge.amount_refunded, charge.currency ?? CURRENCY);
    if (paid.refundFailed) await refundsChanged(paid);
    else if (sum !== undefined) await bookkeeper.revise(paid.id, (now) => withRefundedSum(now, sum));
  };

  const refundFailed = async ({ data }: Stripe.Event): Promise<void> => {
    const refund = data.object as Stripe.Refund;
    if (refund.status !== 'failed' && refund.status !== 'canceled') return;
    const at = { intentId: idOf(refund.payment_intent), chargeId: idOf(refund.charge) };
    const payment = await records.locateOrAsk(at);
    if (payment) await refundsChanged(payment);
  };

  const refundsChanged = async ({ id }: Payment): Promise<void> => {
    await bookkeeper.revise(id, async (now) =>
      now.intentId === null ? now : withRefunds(now, await listRefunds(stripe, now.intentId)),
    );
  };

  const disputed = async ({ type, data }: Stripe.Event): Promise<void> => {
    const dispute = data.object as Stripe.Dispute;
    const news = newsOfEvent(type, dispute.status);
    const amount = amountOf(dispute.amount, dispute.currency ?? CURRENCY);
    if (news === undefined || amount === undefined) return;
    const intentId = idOf(dispute.payment_intent);
    const payment = await records.locateOrAsk({ intentId, chargeId: idOf(dispute.charge) });
    if (!payment) return;
    const paid = await records.ensurePaid(payment, intentId);
    if (!paid) throw new TooEarlyError();
    await bookkeeper.revise(paid.id, (now) => withDispute(now, dispute.id, amount, news), {
      kind: 'dispute',
    });
  };

  const handlers: Readonly<Record<WebhookEvent, Handler>> = {
    'checkout.session.completed': sessionPaid,
    'checkout.session.async_payment_succeeded': sessionPaid,
    'checkout.session.async_payment_failed': sessionFailed,
    'checkout.session.expired': sessionFailed,
    'payment_intent.succeeded': intentPaid,
    'payment_intent.payment_failed': intentFailed,
    'payment_intent.canceled': intentFailed,
    'charge.succeeded': chargePaid,
    'charge.refunded': refunded,
    'charge.refund.updated': refundFailed,
    'refund.updated': refundFailed,
    'refund.failed': refundFailed,
    'charge.dispute.created': disputed,
    'charge.dispute.updated': disputed,
    'charge.dispute.closed': disputed,
    'charge.dispute.funds_withdrawn': disputed,
    'charge.dispute.funds_reinstated': disputed,
  };
  return async function handleEvent(event) {
    if (isHandled(event.type)) await handlers[event.type](event);
  };
}

function isHandled(type: string): type is WebhookEvent {
  return (WEBHOOK_EVENTS as readonly string[]).includes(type);
}

function asFailed(payment: Payment): Payment {
  return payment.state === 'pending' ? { ...payment, state: 'failed' } : payment;
}
