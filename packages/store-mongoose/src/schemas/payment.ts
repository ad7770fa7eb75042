import { Schema } from 'mongoose';
import type { Dispute, OwnRefund, Payer, Payment, TakeBack } from '@onerouter/billing';
import type { StoredInt64 } from '../values.ts';
import { PART_OPTIONS, SCHEMA_OPTIONS } from './options.ts';

type Stored<T, Money extends keyof T> = Omit<T, Money> & { [Field in Money]: StoredInt64 };

export type OwnRefundPart = Stored<OwnRefund, 'amount'>;
export type DisputePart = Stored<Dispute, 'amount'>;
export type TakeBackPart = Stored<Omit<TakeBack, 'booked'>, 'amount'> & { booked: StoredInt64 | null };

type PlainPayment = Omit<
  Payment,
  'id' | 'ownRefunds' | 'disputes' | 'takeBacks' | 'checkoutId' | 'intentId' | 'chargeId' | 'createdAt'
>;

/** A payment; `_id` is its id. The processor's ids are left out until they are known, so that their indexes are sparse. */
export interface PaymentDoc extends Stored<PlainPayment, 'amount' | 'fee' | 'refunded' | 'takeBack'> {
  _id: string;
  createdAt: Date;
  checkoutId?: string;
  intentId?: string;
  chargeId?: string;
  ownRefunds: OwnRefundPart[];
  disputes: DisputePart[];
  takeBacks: TakeBackPart[];
}

/** A payer; `_id` is the account. */
export interface PayerDoc extends Omit<Payer, 'account' | 'autoTopUp' | 'dueAt'> {
  _id: string;
  dueAt: Date | null;
  autoTopUp: { enabled: boolean; threshold: StoredInt64; amount: StoredInt64 };
}

const text = { type: String, required: true } as const;
const optionalText = { type: String, default: null } as const;
const int64 = { type: Schema.Types.BigInt, required: true } as const;
const number = { type: Number, required: true } as const;
const optionalNumber = { type: Number, default: null } as const;
const flag = { type: Boolean, required: true } as const;

const ownRefundPart = new Schema({ id: text, amount: int64, state: text, askedAt: number }, PART_OPTIONS);
const disputePart = new Schema({ id: text, amount: int64, state: text }, PART_OPTIONS);
const takeBackPart = new Schema(
  { id: text, kind: text, amount: int64, strict: flag, booked: { type: Schema.Types.BigInt, default: null } },
  PART_OPTIONS,
);

export const paymentSchema: Schema<PaymentDoc> = new Schema<PaymentDoc>(
  {
    _id: text,
    account: text,
    version: number,
    source: text,
    state: text,
    createdAt: { type: Date, required: true },
    paidAt: optionalNumber,
    amount: int64,
    fee: int64,
    checkoutId: String,
    intentId: String,
    chargeId: String,
    receiptUrl: optionalText,
    refunded: int64,
    refundFailed: flag,
    ownRefunds: [ownRefundPart],
    disputes: [disputePart],
    takeBack: int64,
    takeBacks: [takeBackPart],
  },
  SCHEMA_OPTIONS,
);
paymentSchema.index({ account: 1, createdAt: -1, _id: -1 });
paymentSchema.index({ checkoutId: 1 }, { sparse: true });
paymentSchema.index({ intentId: 1 }, { sparse: true });
paymentSchema.index({ chargeId: 1 }, { sparse: true });

const cardPart = new Schema({ methodId: text, brand: text, last4: text }, PART_OPTIONS);
const attemptPart = new Schema({ paymentId: text, at: number }, PART_OPTIONS);
const autoTopUpPart = new Schema({ enabled: flag, threshold: int64, amount: int64 }, PART_OPTIONS);

export const payerSchema: Schema<PayerDoc> = new Schema<PayerDoc>(
  {
    _id: text,
    version: number,
    customerId: optionalText,
    card: { type: cardPart, default: null },
    cardCheckoutId: optionalText,
    autoTopUp: { type: autoTopUpPart, required: true },
    attempt: { type: attemptPart, default: null },
    begunAt: [Number],
    refusals: number,
    notBefore: optionalNumber,
    dueAt: { type: Date, default: null },
    lastError: optionalText,
  },
  SCHEMA_OPTIONS,
);
payerSchema.index({ dueAt: 1 });
