import type { Payer } from './payer.ts';
import type { Payment } from './payment.ts';

/** An id of the processor's under which a payment is found. */
export type PaymentReference = 'checkoutId' | 'intentId' | 'chargeId';

export interface ListPaymentsOptions {
  /** @default 50 */
  readonly limit?: number;
  /** The last payment of the page before. @default the newest */
  readonly after?: Pick<Payment, 'createdAt' | 'id'> | undefined;
}

export const DEFAULT_PAYMENTS_PAGE = 50;

/**
 * What is known of payments and payers. Every change is one conditional write: it succeeds if nobody changed the record
 * since it was read, so that each act that follows from an event is planned once, in any number of processes.
 *
 * Every method rejects with the store's own error when the store fails.
 */
export interface PaymentStore {
  /** Adds a payment at version 1. Returns the one that is there under the id already, unchanged, when there is one. */
  addPayment(payment: Payment): Promise<Payment>;
  findPayment(id: string): Promise<Payment | undefined>;
  findPaymentBy(reference: PaymentReference, value: string): Promise<Payment | undefined>;
  /** Writes a payment whose stored version is one less. False, and nothing is written, when it is not. */
  replacePayment(payment: Payment): Promise<boolean>;
  /** An account's payments, newest first, those of one millisecond by their id, the greatest first. */
  listPayments(account: string, options?: ListPaymentsOptions): Promise<readonly Payment[]>;
  findPayer(account: string): Promise<Payer | undefined>;
  /** Writes a payer whose stored version is one less; version 1 adds it. False, and nothing is written, when it is not. */
  writePayer(payer: Payer): Promise<boolean>;
  /** Accounts of payers whose `dueAt` is not after `before`, the longest due first. */
  payersDue(before: number, limit: number): Promise<readonly string[]>;
}
