import { principalSlot, warningLog, type Log, type Principal } from '@onerouter/core';
import { Router, type Request } from 'express';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import type { PaymentStore } from '../payments/payment-store.ts';
import { autoTopUp as createAutoTopUp, type AutoTopUp } from './auto-top-up.ts';
import { createBookkeeper, type PaymentLedger } from './bookkeeper.ts';
import { buyRoutes } from './buy-routes.ts';
import { cardRoutes } from './card-routes.ts';
import { keepGivenCard } from './card.ts';
import { createClient } from './client.ts';
import { createEvents } from './events.ts';
import { refusals } from './guards.ts';
import type { StripeOptions } from './options.ts';
import { stripeCreditsPaths } from './paths.ts';
import { paymentRoutes } from './payment-routes.ts';
import { reconcile, type ReconcileOptions, type ReconcileReport } from './reconcile.ts';
import { createRecords } from './records.ts';
import { changePayer } from './payer-changes.ts';
import { readSettings } from './settings.ts';
import { createTopUps } from './top-up.ts';
import { switchedOff } from './top-up-rules.ts';
import { webhookRoute } from './webhook.ts';

export interface StripeCreditsOptions extends StripeOptions {
  /** Where credits are kept. */
  readonly ledger: PaymentLedger;
  /** Where payments and payers are kept. */
  readonly payments: PaymentStore;
  /** Where receipts go. @default none are sent by address */
  readonly email?: (account: string) => Promise<string | undefined>;
  /** The site's origin, to come back to from Stripe. @default the one that the request was made to */
  readonly origin?: string | ((req: Request) => string);
  /** Who calls. @default what authentication found */
  readonly principal?: (req: Request) => Principal;
  /** How often accounts are looked at that are due for a top-up. @default 30000 */
  readonly sweepMs?: number;
  /** @default Node's process warnings */
  readonly log?: Log;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** Credits that people buy through Stripe. */
export interface StripeCredits {
  /** `/credits/…`, to mount behind authentication. Falls through for paths that it does not serve. */
  readonly routes: Router;
  /** `POST /webhooks/stripe`, to mount at the root, before `express.json()`. */
  readonly webhook: Router;
  /** What `routes` serves, for an OpenAPI document. */
  readonly paths: ZodOpenApiPathsObject;
  /** Tops accounts up from their saved cards. Begin with `start()`, end with `stop()`. */
  readonly autoTopUp: AutoTopUp;
  /** Compares Stripe with the ledger, and books what is missing. */
  reconcile(options: ReconcileOptions): Promise<ReconcileReport>;
}

/**
 * Sells credits through Stripe. Nothing is asked of Stripe here.
 *
 * @throws {StripeConfigError} naming every option that is missing or wrong
 */
export function stripeCredits(options: StripeCreditsOptions): StripeCredits {
  const { ledger, payments, log = warningLog, now = Date.now, principal } = options;
  const settings = readSettings(options);
  const { instance, refundWindowMs } = settings;
  const stripe = createClient(settings);
  const email = options.email ?? (async () => undefined);
  const origin = originOf(options.origin);
  const bookkeeper = createBookkeeper(ledger, payments, async (account) => {
    await changePayer(payments, account, switchedOff);
  });
  const records = createRecords({ stripe, payments, bookkeeper, instance, log, now });
  const topUps = createTopUps({ stripe, settings, payments, bookkeeper, records, email, log, now });
  const autoTopUp = createAutoTopUp({ payments, ledger, topUps, sweepMs: options.sweepMs, log, now });
  const cards = { stripe, payments, instance, email, log };
  const handle = createEvents({
    stripe,
    bookkeeper,
    records,
    onTopUpEnded: (payment, declined) => topUps.ended(payment, declined),
    async onCardGiven(session) {
      await keepGivenCard(cards, session);
      const account = session.client_reference_id;
      if (account !== null) autoTopUp.forget(account);
    },
  });

  const routes = Router();
  if (principal) {
    routes.use(function takePrincipal(req, _res, next) {
      principalSlot.set(req, principal(req));
      next();
    });
  }
  const refunds = { stripe, ledger, bookkeeper, refundWindowMs, now };
  routes.use(buyRoutes({ stripe, settings, payments, bookkeeper, email, now, origin }));
  routes.use(paymentRoutes({ ...refunds, payments }));
  routes.use(cardRoutes({ ...cards, ledger, settings, autoTopUp, origin }));
  routes.use(refusals(log));

  return {
    routes,
    paths: stripeCreditsPaths,
    webhook: webhookRoute({ stripe, settings, handle, log }),
    autoTopUp,
    reconcile: (range) => reconcile({ ...refunds, records }, range),
  };
}

function originOf(given: StripeCreditsOptions['origin']): (req: Request) => string {
  if (typeof given === 'function') return given;
  return given === undefined ? (req) => `${req.protocol}://${req.get('host') ?? req.hostname}` : () => given;
}
