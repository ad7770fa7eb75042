import type { Log } from '@onerouter/core';
import type { Stripe } from 'stripe';
import { totalOf, type Payment } from '../payments/payment.ts';
import type { PaymentReference, PaymentStore } from '../payments/payment-store.ts';
import type { Bookkeeper } from './bookkeeper.ts';
import { isForeign, readMarks } from './marks.ts';
import { newPayment } from './new-payment.ts';
import { proofOfIntent, type Proof, type Whereabouts } from './proof.ts';

export interface RecordsOptions {
  readonly stripe: Stripe;
  readonly payments: PaymentStore;
  readonly bookkeeper: Bookkeeper;
  /** This deployment, as marks name it. */
  readonly instance: string;
  readonly log: Log;
  readonly now: () => number;
}

/** Finds the payments that Stripe speaks of, and writes down that they were paid. */
export interface Records {
  /** The payment that something at Stripe belongs to; `undefined` when it is none of ours. */
  locate(whereabouts: Whereabouts): Promise<Payment | undefined>;
  /** The same, asking Stripe for the payment's marks when they are not known here. */
  locateOrAsk(whereabouts: Whereabouts): Promise<Payment | undefined>;
  /**
   * Credits what was paid, once, and only when it is what was to be paid.
   *
   * @param located the payment, when it has been found already
   * @returns the payment as it stands then; `undefined` when it is none of ours
   */
  paid(proof: Proof, located?: Payment): Promise<Payment | undefined>;
  /** A payment that has surely been credited; asks Stripe about one that is still pending. `undefined`: not paid. */
  ensurePaid(payment: Payment, intentId: string | null): Promise<Payment | undefined>;
}

const REFERENCES: readonly PaymentReference[] = ['checkoutId', 'intentId', 'chargeId'];

export function createRecords(options: RecordsOptions): Records {
  const { stripe, payments, bookkeeper, instance, log, now } = options;

  const locate = async (at: Whereabouts): Promise<Payment | undefined> => {
    if (isForeign(at.metadata, instance)) return undefined;
    const marks = readMarks(at.metadata, instance);
    if (marks) {
      const known = await payments.findPayment(marks.paymentId);
      // Marks are written by nobody but us, so a payment that the store has lost can be made from them.
      return known ?? payments.addPayment(newPayment(marks, now()));
    }
    for (const reference of REFERENCES) {
      const value = at[reference];
      const found = typeof value === 'string' ? await payments.findPaymentBy(reference, value) : undefined;
      if (found) return found;
    }
    return undefined;
  };

  const intentOf = async (at: Whereabouts): Promise<Stripe.PaymentIntent | undefined> => {
    if (typeof at.intentId === 'string') return stripe.paymentIntents.retrieve(at.intentId, LATEST_CHARGE);
    if (typeof at.chargeId !== 'string') return undefined;
    const { payment_intent: intent } = await stripe.charges.retrieve(at.chargeId, INTENT);
    return typeof intent === 'object' ? (intent ?? undefined) : undefined;
  };

  const locateOrAsk = async (at: Whereabouts): Promise<Payment | undefined> => {
    const known = await locate(at);
    if (known || isForeign(at.metadata, instance)) return known;
    const intent = await intentOf(at);
    return intent && locate({ metadata: intent.metadata, intentId: intent.id });
  };

  const paid = async (proof: Proof, located?: Payment): Promise<Payment | undefined> => {
    const payment = located ?? (await locate(proof));
    if (!payment) return undefined;
    const { intentId, checkoutId, chargeId, receiptUrl } = proof;
    const other = payment.state === 'paid' && payment.intentId !== intentId;
    if (other || proof.paid !== totalOf(payment)) {
      log.error(
        { payment: payment.id, intent: intentId },
        other
          ? 'A payment was paid a second time. Nothing was credited for it: look at it in the dashboard of Stripe.'
          : 'What was paid is not what was to be paid. Nothing was credited: look at it in the dashboard of Stripe.',
      );
      return payment;
    }
    // First the credit, then the note that it is there. The other way round a crash between them would lose it.
    await bookkeeper.credit(payment, intentId);
    return bookkeeper.revise(payment.id, (known) => {
      const next: Payment = {
        ...known,
        state: 'paid',
        paidAt: known.paidAt ?? now(),
        intentId,
        checkoutId: known.checkoutId ?? checkoutId ?? null,
        chargeId: known.chargeId ?? chargeId ?? null,
        receiptUrl: known.receiptUrl ?? receiptUrl ?? null,
      };
      return isSame(known, next) ? known : next;
    });
  };

  return {
    locate,
    locateOrAsk,
    paid,
    async ensurePaid(payment, intentId) {
      if (payment.state === 'paid') return payment;
      const intent = await intentOf({ intentId: payment.intentId ?? intentId });
      const proof = intent && proofOfIntent(intent);
      if (!proof) return undefined;
      const now = await paid(proof, payment);
      return now?.state === 'paid' ? now : undefined;
    },
  };
}

const LATEST_CHARGE: { expand: string[] } = { expand: ['latest_charge'] };
const INTENT: { expand: string[] } = { expand: ['payment_intent'] };

function isSame(a: Payment, b: Payment): boolean {
  const fields = ['state', 'paidAt', 'intentId', 'checkoutId', 'chargeId', 'receiptUrl'] as const;
  return fields.every((field) => a[field] === b[field]);
}
