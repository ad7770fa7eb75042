import type { Nanos } from '@onerouter/core';
import { totalOf, type Payment, type TakeBack } from '../payments/payment.ts';

/**
 * How much of a payment's credit is to be taken back, by all that is known: what the buyer asked back in full, of other
 * refunds and of what the bank withdrew the part that was credit. Never more than was credited.
 *
 * It depends on what is known, not on the order in which it became known.
 */
export function takeBackOf(payment: Payment): Nanos {
  const own = sum(payment.ownRefunds.map(({ amount }) => amount));
  const others = payment.refunded > own ? payment.refunded - own : 0n;
  const disputed = payment.disputes
    .filter(({ state }) => state === 'withdrawn')
    .map(({ amount }) => creditIn(payment, amount));
  const all = own + creditIn(payment, others) + sum(disputed);
  return all < payment.amount ? all : payment.amount;
}

/** What the ledger has taken back so far, less what it has given back. Less than wanted where it had been spent. */
export function takenBack(payment: Payment): Nanos {
  return sum(payment.takeBacks.map(({ booked }) => booked ?? 0n));
}

/** Whether an act has been planned that nobody has done yet. */
export function firstPending({ takeBacks }: Payment): TakeBack | undefined {
  return takeBacks.find(({ booked }) => booked === null);
}

/**
 * Plans what follows for the ledger from a change of what is known. Every earlier act must have been done.
 *
 * A rise takes the difference, as far as it is there. A fall gives back what was really taken beyond what stays wanted:
 * where the credit had been spent, nothing was taken, and nothing comes back.
 */
export function planTakeBack(payment: Payment, kind: TakeBack['kind'], strict = false): Payment {
  const wanted = takeBackOf(payment);
  if (wanted === payment.takeBack) return payment;
  const amount =
    wanted > payment.takeBack ? wanted - payment.takeBack : atMostZero(wanted - takenBack(payment));
  if (amount === 0n) return { ...payment, takeBack: wanted };
  const id = strict ? strictId(payment) : takeBackId(payment, kind);
  const act: TakeBack = { id, kind, amount, strict, booked: null };
  return { ...payment, takeBack: wanted, takeBacks: [...payment.takeBacks, act] };
}

/** The ledger's entry id of a payment's next act. */
function takeBackId({ takeBacks, intentId, id }: Payment, kind: TakeBack['kind']): string {
  return `${kind}:${intentId ?? id}:${takeBacks.length + 1}`;
}

/** An act that may be dropped is called what the buyer's refund is called, so that its id is never used again. */
function strictId({ ownRefunds }: Payment): string {
  const own = ownRefunds.at(-1);
  if (!own) throw new Error('Only a refund of the buyer is taken back strictly.');
  return own.id;
}

/** The part of some of the total that was credit, down to a nano-dollar. */
function creditIn(payment: Payment, amount: Nanos): Nanos {
  return (payment.amount * amount) / totalOf(payment);
}

function atMostZero(amount: Nanos): Nanos {
  return amount < 0n ? amount : 0n;
}

function sum(amounts: readonly Nanos[]): Nanos {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
