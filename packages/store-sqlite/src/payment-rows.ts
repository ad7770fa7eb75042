import type { Payer, Payment } from '@onerouter/billing';

/** A record with its money as decimal text, as JSON needs it. */
type Written<T> = T extends bigint
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Written<Item>[]
    : T extends object
      ? { readonly [Field in keyof T]: Written<T[Field]> }
      : T;

export function writeRecord(record: Payment | Payer): string {
  return JSON.stringify(record, (_field, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

export function readPayment(json: string): Payment {
  const stored = JSON.parse(json) as Written<Payment>;
  return {
    ...stored,
    amount: BigInt(stored.amount),
    fee: BigInt(stored.fee),
    refunded: BigInt(stored.refunded),
    takeBack: BigInt(stored.takeBack),
    ownRefunds: stored.ownRefunds.map((own) => ({ ...own, amount: BigInt(own.amount) })),
    disputes: stored.disputes.map((dispute) => ({ ...dispute, amount: BigInt(dispute.amount) })),
    takeBacks: stored.takeBacks.map((act) => ({
      ...act,
      amount: BigInt(act.amount),
      booked: act.booked === null ? null : BigInt(act.booked),
    })),
  };
}

export function readPayer(json: string): Payer {
  const stored = JSON.parse(json) as Written<Payer>;
  const { enabled, threshold, amount } = stored.autoTopUp;
  return { ...stored, autoTopUp: { enabled, threshold: BigInt(threshold), amount: BigInt(amount) } };
}
