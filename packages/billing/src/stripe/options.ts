/** Stripe's own API. */
export const DEFAULT_API_BASE = 'https://api.stripe.com';
export const DEFAULT_FEE_FIXED_USD = '0.35';
export const DEFAULT_FEE_PERCENT = '5';
export const DEFAULT_MIN_USD = '1';
export const DEFAULT_MAX_USD = '10000';
/** How old a signature may be. */
export const DEFAULT_TOLERANCE_MS = 300_000;
/** How long Stripe may take for an answer. */
export const DEFAULT_TIMEOUT_MS = 20_000;
/** How long unused credit may be given back. */
export const DEFAULT_REFUND_WINDOW_MS = 86_400_000;
export const DEFAULT_INSTANCE = 'onerouter';
export const DEFAULT_PRODUCT_NAME = 'Credits';

/** How payments are taken. */
export interface StripeOptions {
  /** `sk_…` or a restricted key, `rk_…`. */
  readonly secretKey: string;
  /** `whsec_…` of the webhook endpoint; several while one replaces another. */
  readonly webhookSecret: string | readonly string[];
  /** Scheme, host and port of Stripe's API. @default 'https://api.stripe.com' */
  readonly apiBase?: string | undefined;
  /** @default '0.35' */
  readonly feeFixedUsd?: string | undefined;
  /** @default '5' */
  readonly feePercent?: string | undefined;
  /** The least credit that is sold at once. @default '1' */
  readonly minUsd?: string | undefined;
  /** The most. @default '10000' */
  readonly maxUsd?: string | undefined;
  /** Which ways to pay are offered: the id of a payment method configuration. @default the one of Stripe's dashboard */
  readonly paymentMethodConfiguration?: string | undefined;
  /** Tells deployments apart that share an account at Stripe: each books its own payments only. @default 'onerouter' */
  readonly instance?: string | undefined;
  /** What the buyer reads on the page, the receipt and the statement. @default 'Credits' */
  readonly productName?: string | undefined;
  /** How old a webhook's signature may be. @default 300000 */
  readonly toleranceMs?: number | undefined;
  /** How long Stripe may take for an answer. @default 20000 */
  readonly timeoutMs?: number | undefined;
  /** How long after the payment unused credit may be given back. @default 86400000 */
  readonly refundWindowMs?: number | undefined;
}
