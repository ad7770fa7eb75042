import { formatUsd, type Nanos } from '@onerouter/core';
import type { Payer } from '../payments/payer.ts';
import { totalOf, type Payment } from '../payments/payment.ts';
import { refundableNow, refundableUntil } from './own-refund.ts';
import type { Price } from './price.ts';
import type { StripeSettings } from './settings.ts';

/** What a payment's owner sees of how it stands. */
export type PaymentStatus = 'pending' | 'paid' | 'failed' | 'refunded' | 'partially_refunded' | 'disputed';

/** A payment on the wire. */
export interface PaymentWire {
  readonly id: string;
  readonly source: Payment['source'];
  readonly status: PaymentStatus;
  readonly created_at: string;
  readonly paid_at: string | null;
  readonly amount_usd: string;
  readonly fee_usd: string;
  readonly total_usd: string;
  readonly refunded_usd: string;
  readonly refundable_usd: string;
  readonly refundable_until: string | null;
  readonly receipt_url: string | null;
}

export interface PaymentView {
  /** What the account has unused. */
  readonly available: Nanos;
  readonly refundWindowMs: number;
  readonly now: number;
}

export function statusOf(payment: Payment): PaymentStatus {
  if (payment.state !== 'paid') return payment.state;
  if (payment.disputes.some(({ state }) => state === 'withdrawn')) return 'disputed';
  if (payment.refunded === 0n) return 'paid';
  return payment.takeBack >= payment.amount ? 'refunded' : 'partially_refunded';
}

export function writePayment(payment: Payment, view: PaymentView): PaymentWire {
  return {
    id: payment.id,
    source: payment.source,
    status: statusOf(payment),
    created_at: new Date(payment.createdAt).toISOString(),
    paid_at: isoOrNull(payment.paidAt),
    amount_usd: formatUsd(payment.amount),
    fee_usd: formatUsd(payment.fee),
    total_usd: formatUsd(totalOf(payment)),
    refunded_usd: formatUsd(payment.refunded),
    refundable_usd: formatUsd(refundableNow(payment, view.available, view)),
    refundable_until: isoOrNull(refundableUntil(payment, view.refundWindowMs)),
    receipt_url: payment.receiptUrl,
  };
}

export interface PriceWire {
  readonly amount_usd: string;
  readonly fee_usd: string;
  readonly total_usd: string;
}

export function writePrice({ amount, fee, total }: Price): PriceWire {
  return { amount_usd: formatUsd(amount), fee_usd: formatUsd(fee), total_usd: formatUsd(total) };
}

export interface LimitsWire {
  readonly minimum_usd: string;
  readonly maximum_usd: string;
}

export function writeLimits({ minimum, maximum }: Pick<StripeSettings, 'minimum' | 'maximum'>): LimitsWire {
  return { minimum_usd: formatUsd(minimum), maximum_usd: formatUsd(maximum) };
}

export interface AutoTopUpWire {
  readonly enabled: boolean;
  readonly threshold_usd: string;
  readonly amount_usd: string;
  readonly card: { readonly brand: string; readonly last4: string } | null;
  readonly last_error: string | null;
}

export function writeAutoTopUp({ autoTopUp, card, lastError }: Payer): AutoTopUpWire {
  return {
    enabled: autoTopUp.enabled,
    threshold_usd: formatUsd(autoTopUp.threshold),
    amount_usd: formatUsd(autoTopUp.amount),
    card: card && { brand: card.brand, last4: card.last4 },
    last_error: lastError,
  };
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
