import { Schema } from 'mongoose';
import { SCHEMA_OPTIONS } from './options.ts';

/** A claim on an Idempotency-Key, and its sealed answer. `_id` is account and name. */
export interface IdempotencyDoc {
  _id: string;
  account: string;
  tag: string;
  generation: string;
  claimedAt: Date;
  expiresAt: Date;
  state: 'kept' | 'none' | 'not_kept';
  answer?: Buffer;
}

const text = { type: String, required: true } as const;
const date = { type: Date, required: true } as const;

export const idempotencySchema: Schema<IdempotencyDoc> = new Schema<IdempotencyDoc>(
  {
    _id: text,
    account: text,
    tag: text,
    generation: text,
    claimedAt: date,
    expiresAt: date,
    state: { type: String, enum: ['kept', 'none', 'not_kept'], required: true },
    answer: Buffer,
  },
  SCHEMA_OPTIONS,
);
// The server removes what is beyond its time, within a minute; until then queries leave it out.
idempotencySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
