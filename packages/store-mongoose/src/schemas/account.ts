import type { AccountRole } from '@onerouter/accounts';
import { Schema } from 'mongoose';
import type { StoredInt64 } from '../values.ts';
import { PART_OPTIONS, SCHEMA_OPTIONS } from './options.ts';

/** Who owns credits and keys. */
export interface AccountDoc {
  _id: string;
  email: string;
  /** Missing in accounts of before it was known: no. */
  emailVerified?: boolean;
  passwordHash: string | null;
  allowTraining: boolean;
  /** Missing in accounts of before there were roles: a user. */
  role?: AccountRole;
  alerts?: { threshold: StoredInt64; email: boolean; webhookUrl: string | null } | null;
  /** Missing where there is none: an empty list would stand in the unique index like any other value. */
  identities?: { provider: string; subject: string }[];
  createdAt: Date;
}

/** A key; `_id` is its hash. */
export interface KeyDoc {
  _id: string;
  account: string;
  kind: 'api' | 'management';
  name: string;
  label: string;
  disabled: boolean;
  limit: StoredInt64 | null;
  limitReset: 'daily' | 'weekly' | 'monthly' | null;
  expiresAt: Date | null;
  createdAt: Date;
  updatedAt: Date | null;
}

const alertsSchema = new Schema(
  {
    threshold: { type: Schema.Types.BigInt, required: true },
    email: { type: Boolean, required: true },
    webhookUrl: { type: String, default: null },
  },
  PART_OPTIONS,
);
const identitySchema = new Schema(
  { provider: { type: String, required: true }, subject: { type: String, required: true } },
  PART_OPTIONS,
);

export const accountSchema: Schema<AccountDoc> = new Schema<AccountDoc>(
  {
    _id: { type: String, required: true },
    email: { type: String, required: true },
    emailVerified: Boolean,
    passwordHash: { type: String, default: null },
    allowTraining: { type: Boolean, required: true },
    role: { type: String, enum: ['user', 'operator'] },
    alerts: { type: alertsSchema, default: null },
    identities: { type: [identitySchema], default: undefined },
    createdAt: { type: Date, required: true },
  },
  SCHEMA_OPTIONS,
);
accountSchema.index({ email: 1 }, { unique: true });
accountSchema.index({ 'identities.provider': 1, 'identities.subject': 1 }, { unique: true, sparse: true });

export const keySchema: Schema<KeyDoc> = new Schema<KeyDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    kind: { type: String, enum: ['api', 'management'], required: true },
    // Required as a field, but a name may be empty.
    name: { type: String, default: '' },
    label: { type: String, default: '' },
    disabled: { type: Boolean, required: true },
    limit: { type: Schema.Types.BigInt, default: null },
    limitReset: { type: String, enum: ['daily', 'weekly', 'monthly', null], default: null },
    expiresAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, default: null },
  },
  SCHEMA_OPTIONS,
);
keySchema.index({ account: 1, createdAt: -1, _id: 1 });
