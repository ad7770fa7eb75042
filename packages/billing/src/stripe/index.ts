export { stripeCredits, type StripeCredits, type StripeCreditsOptions } from './stripe-credits.ts';
export {
  DEFAULT_API_BASE,
  DEFAULT_FEE_FIXED_USD,
  DEFAULT_FEE_PERCENT,
  DEFAULT_INSTANCE,
  DEFAULT_MAX_USD,
  DEFAULT_MIN_USD,
  DEFAULT_PRODUCT_NAME,
  DEFAULT_REFUND_WINDOW_MS,
  DEFAULT_TIMEOUT_MS,
  DEFAULT_TOLERANCE_MS,
  type StripeOptions,
} from './options.ts';
export { stripeCreditsPaths } from './paths.ts';
export { StripeConfigError } from './config-error.ts';
export { REMEMBER_MS, SWEEP_TOP_UPS_MS, type AutoTopUp } from './auto-top-up.ts';
export { MAX_TOP_UPS_A_DAY, PAUSES_MS } from './top-up-rules.ts';
export { creditId, type PaymentLedger } from './bookkeeper.ts';
export { WEBHOOK_EVENTS } from './events.ts';
export { MAX_EVENT_BYTES, WEBHOOK_PATH } from './webhook.ts';
export {
  describeReconciliation,
  type ReconcileDifference,
  type ReconcileKind,
  type ReconcileOptions,
  type ReconcileReport,
} from './reconcile.ts';
export { CANCEL_PATH, SUCCESS_PATH } from './buy-routes.ts';
export { CARD_CANCELLED_PATH, CARD_SAVED_PATH } from './card-routes.ts';
