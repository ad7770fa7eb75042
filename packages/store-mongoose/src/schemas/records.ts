import { Schema } from 'mongoose';
import type { StoredInt64 } from '../values.ts';
import type { EntryFields } from './book.ts';
import { SCHEMA_OPTIONS } from './options.ts';

/** An entry of the ledger, but for charges, whose entry is their generation. `_id` is account and id. */
export interface EntryDoc extends EntryFields {
  _id: string;
  account: string;
  id: string;
  seq: number;
}

/** Which account an entry id belongs to. `_id` is the entry id. */
export interface ClaimDoc {
  _id: string;
  account: string;
  amount: StoredInt64;
}

/** A process's lease on its reservations. `_id` is the process. */
export interface OwnerDoc {
  _id: string;
  expiresAt: Date;
}

/** What one account used on one day (UTC) with one key, model and provider. `_id` is these five, so it is their index. */
export interface RollupDoc {
  _id: string;
  account: string;
  /** `2026-09-23`, of the generation's `createdAt`. */
  day: string;
  key: string;
  model: string;
  provider: string;
  requests: StoredInt64;
  promptTokens: StoredInt64;
  completionTokens: StoredInt64;
  reasoningTokens: StoredInt64;
  cost: StoredInt64;
  /** The last of the account's acts that is in it. */
  lastSeq: number;
}

const text = { type: String, required: true } as const;
const int64 = { type: Schema.Types.BigInt, required: true } as const;
// Empty where nobody answered.
const name = { type: String, default: '' } as const;

export const entrySchema: Schema<EntryDoc> = new Schema<EntryDoc>(
  {
    _id: text,
    account: text,
    id: String,
    seq: { type: Number, required: true },
    kind: text,
    amount: int64,
    at: { type: Date, required: true },
    note: { type: String, default: null },
  },
  SCHEMA_OPTIONS,
);
entrySchema.index({ account: 1, seq: 1 });

export const claimSchema: Schema<ClaimDoc> = new Schema<ClaimDoc>(
  { _id: text, account: text, amount: int64 },
  SCHEMA_OPTIONS,
);

export const ownerSchema: Schema<OwnerDoc> = new Schema<OwnerDoc>(
  { _id: text, expiresAt: { type: Date, required: true } },
  SCHEMA_OPTIONS,
);

export const rollupSchema: Schema<RollupDoc> = new Schema<RollupDoc>(
  {
    _id: text,
    account: text,
    day: text,
    key: name,
    model: name,
    provider: name,
    requests: int64,
    promptTokens: int64,
    completionTokens: int64,
    reasoningTokens: int64,
    cost: int64,
    lastSeq: { type: Number, required: true },
  },
  SCHEMA_OPTIONS,
);
// For sums over all accounts.
rollupSchema.index({ day: 1 });
