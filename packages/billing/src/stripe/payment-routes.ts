import { GatewayError, readQuery } from '@onerouter/core';
import { Router, type Request, type RequestHandler } from 'express';
import type { PaymentStore } from '../payments/payment-store.ts';
import type { Payment } from '../payments/payment.ts';
import { writeCursor } from './cursor.ts';
import { accountOf, only } from './guards.ts';
import { refundUnused, type RefundContext } from './own-refund.ts';
import { paymentsQuery } from './requests.ts';
import { writePayment, type PaymentView } from './wire.ts';

export interface PaymentRoutesOptions extends RefundContext {
  readonly payments: PaymentStore;
}

/** `GET /credits/payments`, `POST /credits/payments/{id}/refund`. */
export function paymentRoutes(options: PaymentRoutesOptions): Router {
  const router = Router();
  const guard = only('session', 'management');
  router.get('/credits/payments', guard, listPayments(options));
  router.post('/credits/payments/:id/refund', guard, refundPayment(options));
  return router;
}

function listPayments(options: PaymentRoutesOptions): RequestHandler {
  const { payments } = options;
  return async function listPayments(req, res) {
    const account = accountOf(req);
    const { limit, cursor: after } = readQuery(req, paymentsQuery);
    // One more than is shown tells whether there is another page.
    const found = await payments.listPayments(account, { limit: limit + 1, after });
    const page = found.slice(0, limit);
    const view = await viewOf(options, account);
    const last = found.length > limit ? page.at(-1) : undefined;
    res.json({
      data: page.map((payment) => writePayment(payment, view)),
      next_cursor: last ? writeCursor(last) : null,
    });
  };
}

function refundPayment(options: PaymentRoutesOptions): RequestHandler {
  return async function refundPayment(req, res) {
    const payment = await refundUnused(options, await ownPayment(options.payments, req));
    res.json({ data: writePayment(payment, await viewOf(options, payment.account)) });
  };
}

/** Somebody else's payment is answered like one that is not there. */
async function ownPayment(payments: PaymentStore, req: Request): Promise<Payment> {
  const { id } = req.params;
  const payment = typeof id === 'string' ? await payments.findPayment(id) : undefined;
  if (payment?.account === accountOf(req)) return payment;
  throw new GatewayError('not_found', 'This account has no payment with that id.', { param: 'id' });
}

async function viewOf({ ledger, refundWindowMs, now }: RefundContext, account: string): Promise<PaymentView> {
  const { available } = await ledger.balance(account);
  return { available, refundWindowMs, now: now() };
}
