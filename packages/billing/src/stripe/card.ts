import { createHash } from 'node:crypto';
import { loggableError, type Log } from '@onerouter/core';
import type { Stripe } from 'stripe';
import type { Payer, SavedCard } from '../payments/payer.ts';
import type { PaymentStore } from '../payments/payment-store.ts';
import { idOf } from './client.ts';
import { isForeign } from './marks.ts';
import { changePayer, payerOf } from './payer-changes.ts';

export interface CardContext {
  readonly stripe: Stripe;
  readonly payments: PaymentStore;
  readonly instance: string;
  readonly email: (account: string) => Promise<string | undefined>;
  readonly log: Log;
}

export interface OpenedPage {
  readonly id: string;
  readonly url: string;
}

/** Opens a page of Stripe's on which the owner gives a card for later. Only the page that was opened last counts. */
export async function openCardPage(
  context: CardContext,
  account: string,
  urls: { readonly successUrl: string; readonly cancelUrl: string },
): Promise<OpenedPage> {
  const { stripe, payments, instance } = context;
  const customer = await ensureCustomer(context, account);
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    customer,
    client_reference_id: account,
    allowed_payment_method_types: ['card'],
    success_url: urls.successUrl,
    cancel_url: urls.cancelUrl,
    metadata: { onerouter_instance: instance, onerouter_account: account },
  });
  const { id, url } = session;
  if (url === null) throw new Error('Stripe opened a page without an address.');
  await changePayer(payments, account, (payer) => ({ ...payer, cardCheckoutId: id }));
  return { id, url };
}

/** The account's customer at Stripe, made when there is none. Made at once by several processes, it is one. */
async function ensureCustomer(
  { stripe, payments, instance, email }: CardContext,
  account: string,
): Promise<string> {
  const { customerId } = await payerOf(payments, account);
  if (customerId !== null) return customerId;
  const address = await email(account);
  const params: Stripe.CustomerCreateParams = {
    ...(address !== undefined && { email: address }),
    metadata: { onerouter_instance: instance, onerouter_account: account },
  };
  // A key stands for one set of parameters, and the address may change.
  const tag = createHash('sha256')
    .update(JSON.stringify([instance, account, address]))
    .digest('hex');
  const { id } = await stripe.customers.create(params, { idempotencyKey: `customer:${tag}` });
  const payer = await changePayer(payments, account, (known) =>
    known.customerId === null ? { ...known, customerId: id } : known,
  );
  return payer.customerId ?? id;
}

/** Keeps the card that was given on a page, if it is the page that counts. An event that comes again finds none. */
export async function keepGivenCard(context: CardContext, session: Stripe.Checkout.Session): Promise<void> {
  const { stripe, payments, instance } = context;
  const account = session.metadata?.['onerouter_account'] ?? session.client_reference_id;
  if (!account || isForeign(session.metadata, instance)) return;
  const before = await payments.findPayer(account);
  const setupId = idOf(session.setup_intent);
  if (before?.cardCheckoutId !== session.id || setupId === null) return;
  const setup = await stripe.setupIntents.retrieve(setupId, { expand: ['payment_method'] });
  const card = savedCard(setup);
  if (!card) return;
  let replaced: SavedCard | null = null;
  await changePayer(payments, account, (payer) => {
    if (payer.cardCheckoutId !== session.id) return payer;
    replaced = payer.card;
    return { ...fresh(payer), card, cardCheckoutId: null };
  });
  await detach(context, replaced);
}

/** Forgets the saved card, here and at Stripe. Automatic top-ups end with it. */
export async function deleteCard(context: CardContext, account: string): Promise<void> {
  let removed: SavedCard | null = null;
  await changePayer(context.payments, account, (payer) => {
    if (payer.card === null && payer.cardCheckoutId === null) return payer;
    removed = payer.card;
    const autoTopUp = { ...payer.autoTopUp, enabled: false };
    return { ...fresh(payer), card: null, cardCheckoutId: null, autoTopUp };
  });
  await detach(context, removed);
}

/** Earlier refusals say nothing of another card or of new settings. */
export function fresh(payer: Payer): Payer {
  const dueAt = payer.attempt === null ? null : payer.dueAt;
  return { ...payer, refusals: 0, notBefore: null, lastError: null, dueAt };
}

function savedCard({ status, payment_method: method }: Stripe.SetupIntent): SavedCard | undefined {
  if (status !== 'succeeded' || typeof method !== 'object' || !method?.card) return undefined;
  return { methodId: method.id, brand: method.card.brand, last4: method.card.last4 };
}

/** A card that stays at Stripe is of no use to anybody, but also of no harm: here it is forgotten already. */
async function detach({ stripe, log }: CardContext, card: SavedCard | null): Promise<void> {
  if (!card) return;
  await stripe.paymentMethods.detach(card.methodId).catch((err: unknown) => {
    log.warn({ err: loggableError(err) }, 'A card that is not used any more could not be removed at Stripe.');
  });
}
