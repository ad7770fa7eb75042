import type { Nanos } from '@onerouter/core';
import type { CreditAct, DebitAct, ReserveAct } from './act.ts';
import { MAX_AMOUNT } from './ledger-options.ts';
import type { CreditRequest, DebitRequest, ReservationRequest } from './ledger.ts';

/**
 * What a request asks the ledger for, checked and with its defaults.
 *
 * @param owner the process that holds the reservation
 * @throws {RangeError} on a negative amount
 */
export function reserveAct(request: ReservationRequest, owner: string): ReserveAct {
  const { id, key, amount, draft, keyLimit = null, keyLimitReset = null } = request;
  if (amount < 0n) throw new RangeError(`A reservation cannot be negative: ${amount}.`);
  return {
    kind: 'reserve',
    id,
    key,
    keyLimit,
    keyLimitReset,
    amount,
    owner,
    // The record goes on changing while the act waits.
    draft: { ...draft, attempts: [...draft.attempts] },
  };
}

/**
 * @param fallback when credit expires that does not say it itself
 * @throws {RangeError} on an amount that is not positive, or beyond what a store can hold
 */
export function creditAct(request: CreditRequest, fallback: number | null): CreditAct {
  const { entryId: id, amount, kind: entryKind = 'top_up', expiresAt = fallback, note = null } = request;
  assertAmount(amount);
  return { kind: 'credit', id, amount, entryKind, expiresAt, note };
}

/** @throws {RangeError} on an amount that is not positive, or beyond what a store can hold */
export function debitAct(request: DebitRequest): DebitAct {
  const { entryId: id, amount, kind: entryKind = 'refund', upTo = false, note = null } = request;
  assertAmount(amount);
  return { kind: 'debit', id, amount, entryKind, upTo, note };
}

function assertAmount(amount: Nanos): void {
  if (amount <= 0n || amount > MAX_AMOUNT) throw new RangeError(`Not an amount to book: ${amount}.`);
}
