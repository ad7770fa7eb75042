import type { Nanos } from '@onerouter/core';
import { InsufficientCreditsError } from '../ledger-errors.ts';
import type { Ledger } from '../ledger.ts';
import type { Payment, TakeBack } from '../payments/payment.ts';
import type { PaymentStore } from '../payments/payment-store.ts';
import { firstPending, planTakeBack } from './take-back.ts';

/** The part of the ledger that payments need. */
export type PaymentLedger = Pick<Ledger, 'credit' | 'debit' | 'balance' | 'booked'>;

/** A change of what is known of a payment; the same object when there is nothing new. */
export type Revise = (payment: Payment) => Payment | Promise<Payment>;

export interface ReviseOptions {
  /** What entries are called that follow from the change. @default 'refund' */
  readonly kind?: TakeBack['kind'];
  /** All of what follows or nothing of it. @default false */
  readonly strict?: boolean;
}

/** Keeps what is known of payments and what the ledger has of them in step. */
export interface Bookkeeper {
  /**
   * Changes what is known of a payment, and does on the ledger what follows. When it returns, both are committed; what
   * it leaves undone when the process dies is done by the next change of the payment.
   *
   * @param revise called again whenever somebody else has changed the payment in between
   */
  revise(id: string, revise: Revise, options?: ReviseOptions): Promise<Payment>;
  /** Adds the credit of a payment to the ledger, once per Stripe's payment. Returns what was booked now. */
  credit(payment: Payment, intentId: string): Promise<Nanos>;
}

/** The ledger's entry id of a payment's credit. */
export function creditId(intentId: string): string {
  return `topup:${intentId}`;
}

/**
 * @param beforeTakeBack called before credit is taken back from an account. It must bear to be called again.
 */
export function createBookkeeper(
  ledger: PaymentLedger,
  payments: PaymentStore,
  beforeTakeBack: (account: string) => Promise<void>,
): Bookkeeper {
  /** Does what was planned. `undefined` when somebody else has changed the payment meanwhile. */
  const carryOut = async (payment: Payment): Promise<Payment | undefined> => {
    let current = payment;
    for (let act = firstPending(current); act; act = firstPending(current)) {
      const done = await perform(current, act);
      const next = { ...current, ...done, version: current.version + 1 };
      if (await payments.replacePayment(next)) current = next;
      else return act.strict ? undoIfDropped(current, act) : undefined;
    }
    return current;
  };

  /** Two did the same act, and the one that was refused has dropped it: then the other's debit goes back. */
  const undoIfDropped = async ({ id, account }: Payment, act: TakeBack): Promise<undefined> => {
    const now = await payments.findPayment(id);
    if (now?.takeBacks.some((one) => one.id === act.id)) return;
    const taken = (await ledger.booked(account, [act.id])).get(act.id);
    if (taken === undefined || taken === 0n) return;
    const entryId = `${act.id}:returned`;
    await ledger.credit({ entryId, account, amount: -taken, kind: act.kind, note: `Payment ${id}` });
  };

  const perform = async (payment: Payment, act: TakeBack): Promise<Partial<Payment>> => {
    const { account } = payment;
    const { id: entryId, kind, amount, strict } = act;
    const note = `Payment ${payment.id}`;
    if (amount > 0n) await beforeTakeBack(account);
    try {
      if (amount < 0n) await ledger.credit({ entryId, account, amount: -amount, kind, note });
      else await ledger.debit({ entryId, account, amount, kind, upTo: !strict, note });
    } catch (error) {
      if (error instanceof InsufficientCreditsError) return withoutAct(payment, act);
      throw error;
    }
    // Asked again, since an act that was done before tells no amount, and one up to a limit may have found less.
    const booked = (await ledger.booked(account, [entryId])).get(entryId);
    if (booked === undefined) throw new Error(`The ledger does not show ${entryId} yet.`);
    const takeBacks = payment.takeBacks.map((one) =>
      one.id === entryId ? { ...one, booked: -booked } : one,
    );
    return { takeBacks };
  };

  return {
    async revise(id, revise, { kind = 'refund', strict = false } = {}) {
      for (;;) {
        const found = await payments.findPayment(id);
        if (!found) throw new Error(`There is no payment ${id}.`);
        const payment = await carryOut(found);
        if (!payment) continue;
        const revised = await revise(payment);
        // Before the credit there is nothing to take back; the change that makes it paid plans it.
        const next = revised.state === 'paid' ? planTakeBack(revised, kind, strict) : revised;
        if (next === payment) return payment;
        const written = { ...next, version: payment.version + 1 };
        if (!(await payments.replacePayment(written))) continue;
        const done = await carryOut(written);
        if (done) return done;
      }
    },
    async credit({ id, account, amount }, intentId) {
      const entryId = creditId(intentId);
      const note = `Payment ${id}`;
      return (await ledger.credit({ entryId, account, amount, kind: 'top_up', note })).booked;
    },
  };
}

/** A refund that the buyer asked for is off when what it needs has been spent. */
function withoutAct(payment: Payment, act: TakeBack): Partial<Payment> {
  return {
    takeBack: payment.takeBack - act.amount,
    refunded: payment.refunded - act.amount,
    takeBacks: payment.takeBacks.filter(({ id }) => id !== act.id),
    ownRefunds: payment.ownRefunds.filter(({ id }) => id !== act.id),
  };
}
