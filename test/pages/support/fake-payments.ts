import { GatewayError } from '@onerouter/core';
import express, { Router } from 'express';

export interface FakePayment {
  readonly id: string;
  readonly source: 'checkout' | 'auto_top_up';
  status: string;
  readonly created_at: string;
  paid_at: string | null;
  readonly amount_usd: string;
  readonly fee_usd: string;
  readonly total_usd: string;
  refunded_usd: string;
  refundable_usd: string;
  refundable_until: string | null;
  receipt_url: string | null;
}

const PRICES: Readonly<Record<string, readonly [fee: string, total: string]>> = {
  '10': ['0.85', '10.85'],
  '25': ['1.6', '26.6'],
  '12.50': ['0.98', '13.48'],
};

/** The routes of payments as the API has them, in memory: each test says what the payment processor does. */
export class FakePayments {
  readonly payments: FakePayment[] = [];
  /** Bodies of what was asked for. */
  readonly asked: unknown[] = [];
  autoTopUp = {
    enabled: false,
    threshold_usd: '5',
    amount_usd: '25',
    card: null as { readonly brand: string; readonly last4: string } | null,
    last_error: null as string | null,
  };

  add(fields: Partial<FakePayment> = {}): FakePayment {
    const payment: FakePayment = {
      id: `pay-${this.payments.length + 1}`,
      source: 'checkout',
      status: 'paid',
      created_at: new Date(Date.UTC(2026, 8, 1 + this.payments.length)).toISOString(),
      paid_at: null,
      amount_usd: '25',
      fee_usd: '1.6',
      total_usd: '26.6',
      refunded_usd: '0',
      refundable_usd: '0',
      refundable_until: null,
      receipt_url: null,
      ...fields,
    };
    this.payments.unshift(payment);
    return payment;
  }

  routes(): Router {
    const router = Router();
    const json = express.json();
    router.get('/credits/methods', (_req, res) => void res.json({ data: { stripe: true } }));
    router.get('/credits/price', (req, res) => {
      const { amount_usd: amount = '' } = req.query as Partial<Record<'amount_usd', string>>;
      const [fee, total] = PRICES[amount] ?? ['0', amount];
      res.json({
        data: { amount_usd: amount, fee_usd: fee, total_usd: total, minimum_usd: '1', maximum_usd: '10000' },
      });
    });
    router.post('/credits/checkout', json, (req, res) => {
      this.asked.push(req.body);
      const { amount_usd: amount, success_url: url } = req.body as Record<
        'amount_usd' | 'success_url',
        string
      >;
      this.add({ status: 'pending', amount_usd: amount });
      res.json({ data: { id: 'cs_1', url } });
    });
    router.get('/credits/payments', (_req, res) => {
      res.json({ data: this.payments, next_cursor: null });
    });
    router.post('/credits/payments/:id/refund', (req, res) => {
      const payment = this.payments.find(({ id }) => id === req.params.id);
      if (!payment || payment.refundable_usd === '0') {
        throw new GatewayError('conflict', 'Nothing of this payment is left to give back.');
      }
      payment.refunded_usd = payment.refundable_usd;
      payment.status = payment.refundable_usd === payment.amount_usd ? 'refunded' : 'partially_refunded';
      payment.refundable_usd = '0';
      res.json({ data: payment });
    });
    router.get('/credits/auto-top-up', (_req, res) => void res.json({ data: this.autoTopUp }));
    router.put('/credits/auto-top-up', json, (req, res) => {
      this.asked.push(req.body);
      this.autoTopUp = { ...this.autoTopUp, ...(req.body as object) };
      res.json({ data: this.autoTopUp });
    });
    router.post('/credits/card', (_req, res) => {
      this.autoTopUp = { ...this.autoTopUp, card: { brand: 'visa', last4: '4242' } };
      res.json({ data: { id: 'cs_2', url: '/credits?card=saved' } });
    });
    router.delete('/credits/card', (_req, res) => {
      this.autoTopUp = { ...this.autoTopUp, enabled: false, card: null };
      res.json({ data: { deleted: true } });
    });
    return router;
  }
}
