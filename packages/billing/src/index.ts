export { priceUsage, toNanosUp, type PriceUsageOptions } from './price-usage.ts';
export { isCharged, standardTariff, type Bill, type Tariff } from './tariff.ts';
export type {
  Booking,
  CreditKind,
  CreditRequest,
  DebitKind,
  DebitRequest,
  EntryKind,
  Ledger,
  LedgerEntry,
  LimitReset,
  ReservationRequest,
} from './ledger.ts';
export type {
  Balance,
  BalanceChange,
  BalanceListener,
  HistoryOptions,
  KeyUsage,
  LotLeft,
  Statement,
} from './ledger-views.ts';
export {
  EntryMismatchError,
  InsufficientCreditsError,
  LedgerClosedError,
  TooManyOpenError,
  type BindingLimit,
} from './ledger-errors.ts';
export { createLedger } from './create-ledger.ts';
export {
  balanceWatch,
  WATCH_EVERY_MS,
  WATCHED_AT_ONCE,
  type BalanceWatch,
  type BalanceWatcher,
  type BalanceWatchOptions,
} from './balance-watch.ts';
export {
  CACHED_ACCOUNTS,
  CREDIT_LIFE_MS,
  HEARTBEAT_MS,
  HISTORY_PAGE,
  LEASE_MS,
  MAX_AMOUNT,
  MAX_OPEN,
  SWEEP_MS,
  type LedgerOptions,
} from './ledger-options.ts';
export type {
  AccountBook,
  AccountChange,
  Booked,
  BookedGeneration,
  BookStore,
  BookTotals,
  CommitResult,
  KeyUse,
  Lot,
  OpenReservation,
  Orphan,
  Reservation,
} from './book-store.ts';
export { createMemoryBooks, type MemoryBooks, type MemoryBooksOptions } from './memory-books.ts';
export { adjustmentId } from './fold-settle.ts';
export {
  DEFAULT_MAX_RESERVED_TOKENS,
  reserveCredits,
  type ReserveCreditsOptions,
} from './reserve-credits.ts';
export { reserveFixed, type ReserveFixedOptions } from './reserve-fixed.ts';
export { refusalOf } from './refusal.ts';
export { estimateReservation, type ReservationEstimate } from './reservation-estimate.ts';
export { describeReport, MAX_LISTED, verifyLedger, type LedgerReport } from './verify-ledger.ts';
export type { LedgerDifference } from './verify-account.ts';
export { DEFAULT_PAYMENTS_PAGE, type ListPaymentsOptions } from './payments/payment-store.ts';
export type { PaymentReference, PaymentStore } from './payments/payment-store.ts';
export type {
  Dispute,
  OwnRefund,
  Payment,
  PaymentSource,
  PaymentState,
  TakeBack,
} from './payments/payment.ts';
export type { Payer, SavedCard } from './payments/payer.ts';
export { memoryPayments } from './payments/memory-payments.ts';
export type { AuditedAccount, LedgerSource, Rollup, SettledGeneration } from './verify-source.ts';
