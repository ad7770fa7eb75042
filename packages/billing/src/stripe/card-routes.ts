import { GatewayError, readJsonBody } from '@onerouter/core';
import { Router, type Request, type RequestHandler } from 'express';
import type { PaymentStore } from '../payments/payment-store.ts';
import type { PaymentLedger } from './bookkeeper.ts';
import type { AutoTopUp } from './auto-top-up.ts';
import { assertSold } from './buy-routes.ts';
import { deleteCard, fresh, openCardPage, type CardContext } from './card.ts';
import { accountOf, only } from './guards.ts';
import { changePayer, payerOf } from './payer-changes.ts';
import { autoTopUpBody, cardBody } from './requests.ts';
import { returnUrl } from './return-url.ts';
import type { StripeSettings } from './settings.ts';
import { writeAutoTopUp } from './wire.ts';

/** Where the owner comes back to from giving a card. */
export const CARD_SAVED_PATH = '/credits?card=saved';
export const CARD_CANCELLED_PATH = '/credits?card=cancelled';

export interface CardRoutesOptions extends CardContext {
  readonly payments: PaymentStore;
  readonly ledger: Pick<PaymentLedger, 'balance'>;
  readonly settings: StripeSettings;
  readonly autoTopUp: AutoTopUp;
  /** The site's origin for a request. */
  readonly origin: (req: Request) => string;
}

/** `GET` and `PUT /credits/auto-top-up`, `POST` and `DELETE /credits/card`. */
export function cardRoutes(options: CardRoutesOptions): Router {
  const router = Router();
  const guard = only('session', 'management');
  router.get('/credits/auto-top-up', guard, getAutoTopUp(options));
  router.put('/credits/auto-top-up', guard, putAutoTopUp(options));
  router.post('/credits/card', only('session'), postCard(options));
  router.delete('/credits/card', only('session'), removeCard(options));
  return router;
}

function getAutoTopUp({ payments }: CardRoutesOptions): RequestHandler {
  return async function getAutoTopUp(req, res) {
    res.json({ data: writeAutoTopUp(await payerOf(payments, accountOf(req))) });
  };
}

function putAutoTopUp(options: CardRoutesOptions): RequestHandler {
  const { payments, ledger, settings, autoTopUp } = options;
  return async function putAutoTopUp(req, res) {
    const { enabled, threshold_usd: threshold, amount_usd: amount } = await readJsonBody(req, autoTopUpBody);
    if (enabled) assertSold(amount, settings);
    const account = accountOf(req);
    const { card } = await payerOf(payments, account);
    if (enabled && card === null) {
      throw new GatewayError('invalid_request', 'Save a card first; automatic top-ups are charged to it.', {
        param: 'enabled',
      });
    }
    const payer = await changePayer(payments, account, (known) => ({
      ...fresh(known),
      autoTopUp: { enabled: enabled && known.card !== null, threshold, amount },
    }));
    autoTopUp.forget(account);
    if (payer.autoTopUp.enabled) autoTopUp.onBalance(account, (await ledger.balance(account)).available);
    res.json({ data: writeAutoTopUp(payer) });
  };
}

function postCard(options: CardRoutesOptions): RequestHandler {
  return async function postCard(req, res) {
    const { success_url: success, cancel_url: cancel } = await readJsonBody(req, cardBody);
    const site = options.origin(req);
    const page = await openCardPage(options, accountOf(req), {
      successUrl: returnUrl(site, success, CARD_SAVED_PATH, 'success_url'),
      cancelUrl: returnUrl(site, cancel, CARD_CANCELLED_PATH, 'cancel_url'),
    });
    res.json({ data: page });
  };
}

function removeCard(options: CardRoutesOptions): RequestHandler {
  return async function removeCard(req, res) {
    const account = accountOf(req);
    await deleteCard(options, account);
    options.autoTopUp.forget(account);
    res.json({ data: { deleted: true } });
  };
}
