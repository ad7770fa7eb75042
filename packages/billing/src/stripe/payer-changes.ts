import { newPayer, type Payer } from '../payments/payer.ts';
import type { PaymentStore } from '../payments/payment-store.ts';

/** The payer of an account, or one of whom nothing is known yet. */
export async function payerOf(payments: PaymentStore, account: string): Promise<Payer> {
  return (await payments.findPayer(account)) ?? newPayer(account);
}

/**
 * Changes a payer, again whenever somebody else has changed it in between.
 *
 * @param change returns the same object when there is nothing to change
 */
export async function changePayer(
  payments: PaymentStore,
  account: string,
  change: (payer: Payer) => Payer,
): Promise<Payer> {
  for (;;) {
    const payer = await payerOf(payments, account);
    const changed = change(payer);
    if (changed === payer) return payer;
    const next = { ...changed, version: payer.version + 1 };
    if (await payments.writePayer(next)) return next;
  }
}
