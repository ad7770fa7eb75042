import type { Deliveries } from './deliveries.ts';
import type { Objects, StripeObject } from './objects.ts';

/** What happens at Stripe: money comes and goes, and events tell of it. */
export class Money {
  readonly #objects: Objects;
  readonly #deliveries: Deliveries;
  readonly #url: () => string;

  constructor(objects: Objects, deliveries: Deliveries, url: () => string) {
    this.#objects = objects;
    this.#deliveries = deliveries;
    this.#url = url;
  }

  /** An intent is paid: it gets a charge. */
  succeed(intent: StripeObject): void {
    const amount = intent['amount'];
    const charge = this.#objects.add('charge', 'ch', {
      amount,
      amount_captured: amount,
      amount_refunded: 0,
      currency: intent['currency'],
      status: 'succeeded',
      paid: true,
      refunded: false,
      disputed: false,
      payment_intent: intent.id,
      metadata: intent.metadata,
    });
    charge['receipt_url'] = `${this.#url()}/receipts/${charge.id}`;
    Object.assign(intent, { status: 'succeeded', amount_received: amount, latest_charge: charge.id });
    this.#deliveries.emit('charge.succeeded', charge);
    this.#deliveries.emit('payment_intent.succeeded', intent);
  }

  fail(intent: StripeObject, message: string): void {
    const error = { type: 'card_error', code: 'card_declined', message };
    Object.assign(intent, { status: 'requires_payment_method', last_payment_error: error });
    this.#deliveries.emit('payment_intent.payment_failed', intent);
  }

  /** The buyer pays on a page: at once, or by a method that takes days. */
  paySession(session: StripeObject, method: 'card' | 'delayed'): void {
    if (session['status'] !== 'open') return;
    session['status'] = 'complete';
    const given = session['payment_intent_data'] as { metadata?: Record<string, string> } | undefined;
    const intent = this.#objects.add('payment_intent', 'pi', {
      amount: session['amount_total'],
      amount_received: 0,
      currency: session['currency'],
      customer: session['customer'] ?? null,
      status: 'processing',
      metadata: given?.metadata,
    });
    session['payment_intent'] = intent.id;
    if (method === 'card') {
      this.succeed(intent);
      session['payment_status'] = 'paid';
    }
    this.#deliveries.emit('checkout.session.completed', session);
  }

  /** A delayed payment arrives, or does not. */
  settleSession(session: StripeObject, arrived: boolean): void {
    const intent = this.#objects.need(session['payment_intent']);
    if (arrived) {
      this.succeed(intent);
      session['payment_status'] = 'paid';
    } else this.fail(intent, 'The payment did not arrive.');
    const outcome = arrived ? 'async_payment_succeeded' : 'async_payment_failed';
    this.#deliveries.emit(`checkout.session.${outcome}`, session);
  }

  /** The owner gives a card on a page. */
  giveCard(session: StripeObject): void {
    if (session['status'] !== 'open') return;
    const method = this.#objects.add('payment_method', 'pm', {
      type: 'card',
      customer: session['customer'],
      card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2040 },
    });
    const setup = this.#objects.add('setup_intent', 'seti', {
      status: 'succeeded',
      customer: session['customer'],
      payment_method: method.id,
    });
    Object.assign(session, { status: 'complete', setup_intent: setup.id });
    this.#deliveries.emit('checkout.session.completed', session);
  }

  /** Money goes back, from the dashboard or by a call. */
  refund(intentId: string, amount: number, metadata: Record<string, string> = {}): StripeObject {
    const charge = this.#objects.need(this.#objects.need(intentId)['latest_charge']);
    const [total, before] = [charge['amount'] as number, charge['amount_refunded'] as number];
    if (before + amount > total)
      throw new RangeError('Refund amount is greater than what is left of the charge.');
    const refund = this.#objects.add('refund', 're', {
      amount,
      currency: charge['currency'],
      charge: charge.id,
      payment_intent: intentId,
      status: 'succeeded',
      metadata,
    });
    Object.assign(charge, { amount_refunded: before + amount, refunded: before + amount === total });
    this.#deliveries.emit('refund.created', refund);
    this.#deliveries.emit('charge.refunded', charge);
    return refund;
  }

  /** A refund comes back, since the bank did not take it. */
  failRefund(refund: StripeObject): void {
    const charge = this.#objects.need(refund['charge']);
    const left = (charge['amount_refunded'] as number) - (refund['amount'] as number);
    Object.assign(charge, { amount_refunded: left, refunded: false });
    refund['status'] = 'failed';
    this.#deliveries.emit('refund.failed', refund);
  }

  /** A bank disputes a payment, and takes the money. */
  dispute(intentId: string, amount?: number): StripeObject {
    const charge = this.#objects.need(this.#objects.need(intentId)['latest_charge']);
    const dispute = this.#objects.add('dispute', 'dp', {
      amount: amount ?? charge['amount'],
      currency: charge['currency'],
      charge: charge.id,
      payment_intent: intentId,
      status: 'needs_response',
    });
    charge['disputed'] = true;
    this.#deliveries.emit('charge.dispute.created', dispute);
    this.#deliveries.emit('charge.dispute.funds_withdrawn', dispute);
    return dispute;
  }

  /** The bank decides. */
  closeDispute(dispute: StripeObject, won: boolean): void {
    dispute['status'] = won ? 'won' : 'lost';
    if (won) this.#deliveries.emit('charge.dispute.funds_reinstated', dispute);
    this.#deliveries.emit('charge.dispute.closed', dispute);
  }
}
