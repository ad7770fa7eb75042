import type { TicketPurpose } from '@onerouter/accounts';
import { Schema } from 'mongoose';
import { SCHEMA_OPTIONS } from './options.ts';

/** A signed-in browser; `_id` is the hash of its secret. */
export interface SessionDoc {
  _id: string;
  account: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  userAgent: string | null;
}

/** A secret that is good for once; `_id` is its purpose and hash. */
export interface TicketDoc {
  _id: string;
  purpose: TicketPurpose;
  hash: string;
  data: string;
  expiresAt: Date;
}

const text = { type: String, required: true } as const;
const date = { type: Date, required: true } as const;

export const sessionSchema: Schema<SessionDoc> = new Schema<SessionDoc>(
  {
    _id: text,
    account: text,
    createdAt: date,
    lastSeenAt: date,
    expiresAt: date,
    userAgent: { type: String, default: null },
  },
  SCHEMA_OPTIONS,
);
sessionSchema.index({ account: 1, lastSeenAt: -1, _id: 1 });
// The server removes what is beyond its time, within a minute.
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const ticketSchema: Schema<TicketDoc> = new Schema<TicketDoc>(
  { _id: text, purpose: text, hash: text, data: { type: String, default: '' }, expiresAt: date },
  SCHEMA_OPTIONS,
);
ticketSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
