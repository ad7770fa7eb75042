import { formatUsd, GatewayError, readJsonBody, readQuery, type Nanos } from '@onerouter/core';
import { Router, type Request, type RequestHandler } from 'express';
import { openCheckout, type CheckoutContext } from './checkout.ts';
import { accountOf, only } from './guards.ts';
import { priceOf } from './price.ts';
import { checkoutBody, priceQuery } from './requests.ts';
import { returnUrl } from './return-url.ts';
import type { StripeSettings } from './settings.ts';
import { writeLimits, writePrice } from './wire.ts';

/** Where buyers come back to, unless the caller says otherwise. */
export const SUCCESS_PATH = '/credits?checkout=success';
export const CANCEL_PATH = '/credits?checkout=cancelled';

const MAX_IDEMPOTENCY_KEY = 255;

export interface BuyRoutesOptions extends CheckoutContext {
  /** The site's origin for a request. */
  readonly origin: (req: Request) => string;
}

/** `GET /credits/methods`, `GET /credits/price`, `POST /credits/checkout`. */
export function buyRoutes(options: BuyRoutesOptions): Router {
  const router = Router();
  const guard = only('session', 'management');
  router.get('/credits/methods', guard, function getMethods(_req, res) {
    res.json({ data: { stripe: true } });
  });
  router.get('/credits/price', guard, getPrice(options.settings));
  router.post('/credits/checkout', guard, postCheckout(options));
  return router;
}

function getPrice(settings: StripeSettings): RequestHandler {
  return function getPrice(req, res) {
    const { amount_usd: amount } = readQuery(req, priceQuery);
    const price = writePrice(priceOf(amount, settings.fees));
    res.json({ data: { ...price, ...writeLimits(settings) } });
  };
}

function postCheckout(options: BuyRoutesOptions): RequestHandler {
  const { settings, origin } = options;
  return async function postCheckout(req, res) {
    const {
      amount_usd: amount,
      success_url: success,
      cancel_url: cancel,
    } = await readJsonBody(req, checkoutBody);
    assertSold(amount, settings);
    const site = origin(req);
    const { payment, id, url } = await openCheckout(options, {
      account: accountOf(req),
      amount,
      successUrl: returnUrl(site, success, SUCCESS_PATH, 'success_url'),
      cancelUrl: returnUrl(site, cancel, CANCEL_PATH, 'cancel_url'),
      idempotencyKey: idempotencyKeyOf(req),
    });
    const price = writePrice({ ...payment, total: payment.amount + payment.fee });
    res.json({ data: { id, url, ...price } });
  };
}

/** @throws {GatewayError} `invalid_request` 400 for an amount that is not sold */
export function assertSold(amount: Nanos, { minimum, maximum }: StripeSettings): void {
  if (amount >= minimum && amount <= maximum) return;
  const range = `from ${formatUsd(minimum)} to ${formatUsd(maximum)} USD`;
  throw new GatewayError('invalid_request', `Invalid value for amount_usd: must be ${range}.`, {
    param: 'amount_usd',
  });
}

function idempotencyKeyOf(req: Request): string | undefined {
  const key = req.get('idempotency-key');
  if (key === undefined || (key !== '' && key.length <= MAX_IDEMPOTENCY_KEY)) return key;
  throw new GatewayError(
    'invalid_request',
    `Idempotency-Key must have 1 to ${MAX_IDEMPOTENCY_KEY} characters.`,
    {
      param: 'Idempotency-Key',
    },
  );
}
