import { Schema } from 'mongoose';
import { SCHEMA_OPTIONS } from './options.ts';

/** An account that was told, or is about to be, that its credits run low. `_id` is the account. */
export interface AlertClaimDoc {
  _id: string;
  claimedAt: Date;
  sent: boolean;
}

export const alertClaimSchema: Schema<AlertClaimDoc> = new Schema<AlertClaimDoc>(
  {
    _id: { type: String, required: true },
    claimedAt: { type: Date, required: true },
    sent: { type: Boolean, required: true },
  },
  SCHEMA_OPTIONS,
);
