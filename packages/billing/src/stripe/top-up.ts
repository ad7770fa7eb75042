import type { Log } from '@onerouter/core';
import { Stripe } from 'stripe';
import type { Payer } from '../payments/payer.ts';
import { totalOf, type Payment } from '../payments/payment.ts';
import type { PaymentStore } from '../payments/payment-store.ts';
import type { Bookkeeper } from './bookkeeper.ts';
import { CURRENCY, toCents } from './cents.ts';
import { KEYS_LAST_MS } from './client.ts';
import { writeMarks } from './marks.ts';
import { newPayment, newPaymentId } from './new-payment.ts';
import { changePayer, payerOf } from './payer-changes.ts';
import { priceOf } from './price.ts';
import { proofOfIntent } from './proof.ts';
import type { Records } from './records.ts';
import type { StripeSettings } from './settings.ts';
import { isDefinite } from './stripe-refusal.ts';
import {
  accepted,
  begun,
  isLookedAt,
  lookedAt,
  MAX_TOP_UPS_A_DAY,
  mayBegin,
  refused,
} from './top-up-rules.ts';

export interface TopUpContext {
  readonly stripe: Stripe;
  readonly settings: StripeSettings;
  readonly payments: PaymentStore;
  readonly bookkeeper: Bookkeeper;
  readonly records: Records;
  readonly email: (account: string) => Promise<string | undefined>;
  readonly log: Log;
  readonly now: () => number;
}

/** Charges saved cards. One top-up of an account is under way at a time, in all processes together. */
export interface TopUps {
  /** Begins one, unless one is under way, the card was refused lately or often, or there were many today. */
  begin(account: string): Promise<void>;
  /** Goes on with one whose process may have died; Stripe knows it by its key. */
  resume(account: string): Promise<void>;
  /** Notes that an account needs none for now, so that the sweeper looks at it later. */
  notDue(account: string): Promise<void>;
  /** Notes how one ended, also when an event told so. */
  ended(payment: Payment, declined: Stripe.PaymentIntent | undefined): Promise<void>;
}

/** A process has this long for one call to Stripe before another goes on with the top-up. */
export const ATTEMPT_MS = 120_000;

export function createTopUps(context: TopUpContext): TopUps {
  const { stripe, settings, payments, bookkeeper, records, email, log, now } = context;

  const begin = async (account: string): Promise<void> => {
    const payer = await payerOf(payments, account);
    if (!mayBegin(payer, now())) return notDue(account);
    const { amount } = payer.autoTopUp;
    const paymentId = newPaymentId();
    const claimed = { ...begun(payer, paymentId, now(), ATTEMPT_MS), version: payer.version + 1 };
    // Whoever writes first has it. Nobody else charges the card until it has ended.
    if (!(await payments.writePayer(claimed))) return;
    if (claimed.begunAt.length >= MAX_TOP_UPS_A_DAY)
      log.warn({ account }, 'This was the last top-up for today.');
    const { fee } = priceOf(amount, settings.fees);
    const payment = newPayment({ paymentId, account, source: 'auto_top_up', amount, fee }, now());
    await charge(await payments.addPayment(payment), claimed);
  };

  const charge = async (payment: Payment, { customerId, card }: Payer): Promise<void> => {
    const { account } = payment;
    if (customerId === null || card === null) return end(payment, 'There is no card to charge.');
    const address = await email(account);
    const intent = await stripe.paymentIntents
      .create(
        {
          amount: toCents(totalOf(payment)),
          currency: CURRENCY,
          customer: customerId,
          payment_method: card.methodId,
          allowed_payment_method_types: ['card'],
          off_session: true,
          confirm: true,
          description: `${settings.productName} (automatic top-up ${payment.id})`,
          metadata: writeMarks(payment, settings.instance),
          expand: ['latest_charge'],
          ...(address !== undefined && { receipt_email: address }),
        },
        { idempotencyKey: `top-up:${payment.id}` },
      )
      .catch(async (error: unknown) => {
        // The card or the address was changed since it was asked first: the key stands for what was asked then.
        if (error instanceof Stripe.errors.StripeIdempotencyError) return lookFor(payment, customerId);
        // Whatever is not a clear no may have been a yes: it is asked again later, under the same key.
        if (!isDefinite(error)) throw error;
        await end(payment, reasonOf(error as Stripe.errors.StripeError));
        return undefined;
      });
    if (intent) await take(payment, intent);
  };

  /** Finds what became of a top-up that cannot be asked for again. */
  const lookFor = async (payment: Payment, customer: string): Promise<Stripe.PaymentIntent | undefined> => {
    const created = { gte: Math.floor(payment.createdAt / 1000) - 3600 };
    for await (const intent of stripe.paymentIntents.list({ customer, created, limit: 100 })) {
      if (intent.metadata['onerouter_payment'] === payment.id) return intent;
    }
    await end(payment, 'Stripe knows nothing of it.');
    return undefined;
  };

  const take = async (payment: Payment, intent: Stripe.PaymentIntent): Promise<void> => {
    const proof = proofOfIntent(intent);
    if (proof) await ended((await records.paid(proof, payment)) ?? payment, undefined);
    else if (intent.status !== 'processing') await ended(payment, intent);
  };

  const end = async (payment: Payment, reason: string | undefined): Promise<void> => {
    if (reason !== undefined) {
      await bookkeeper.revise(payment.id, (known) =>
        known.state === 'pending' ? { ...known, state: 'failed' } : known,
      );
    }
    await changePayer(payments, payment.account, (payer) => {
      if (payer.attempt?.paymentId !== payment.id) return payer;
      return reason === undefined ? accepted(payer, now()) : refused(payer, reason, now());
    });
  };

  const ended = (payment: Payment, declined: Stripe.PaymentIntent | undefined): Promise<void> =>
    end(payment, declined && (declined.last_payment_error?.message ?? 'The card was not charged.'));

  const resume = async (account: string): Promise<void> => {
    const payer = await payerOf(payments, account);
    const { attempt } = payer;
    if (!attempt || (payer.dueAt ?? 0) > now()) return;
    const claimed = { ...payer, dueAt: now() + ATTEMPT_MS, version: payer.version + 1 };
    if (!(await payments.writePayer(claimed))) return;
    const payment = await payments.findPayment(attempt.paymentId);
    if (!payment) return abandon(account, attempt.paymentId);
    if (payment.state !== 'pending') return end(payment, payment.state === 'paid' ? undefined : 'It failed.');
    if (now() - attempt.at < KEYS_LAST_MS) return charge(payment, claimed);
    const intent = await lookFor(payment, claimed.customerId ?? '');
    if (intent) await take(payment, intent);
  };

  /** A process died between the claim and the payment: nothing was charged. */
  const abandon = async (account: string, paymentId: string): Promise<void> => {
    await changePayer(payments, account, (payer) =>
      payer.attempt?.paymentId === paymentId ? accepted(payer, now()) : payer,
    );
  };

  const notDue = async (account: string): Promise<void> => {
    const at = now();
    await changePayer(payments, account, (payer) => (isLookedAt(payer, at) ? payer : lookedAt(payer, at)));
  };

  return {
    begin,
    resume,
    ended,
    notDue,
  };
}

/** Declines are for the card's owner to read; other refusals are ours, and theirs to read are none of the details. */
function reasonOf({ type, message }: Stripe.errors.StripeError): string {
  return type === 'StripeCardError' ? message : 'The saved card could not be charged. Save it again.';
}
