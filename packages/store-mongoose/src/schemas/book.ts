import { Schema } from 'mongoose';
import type { EntryKind } from '@onerouter/billing';
import type { StoredInt64 } from '../values.ts';
import { generationPart, type GenerationFields, type SettledFields } from './generation.ts';
import { PART_OPTIONS, SCHEMA_OPTIONS } from './options.ts';

export interface LotPart {
  id: string;
  amount: StoredInt64;
  expiresAt: Date | null;
}

export interface OpenPart {
  key: string;
  amount: StoredInt64;
  /** The process that holds it. */
  owner: string;
  draft: GenerationFields;
}

export interface KeyUsePart {
  total: StoredInt64;
  dayNo: number;
  day: StoredInt64;
  weekNo: number;
  week: StoredInt64;
  monthNo: number;
  month: StoredInt64;
}

export interface EntryFields {
  kind: EntryKind;
  amount: StoredInt64;
  at: Date;
  note: string | null;
}

/** What an act booked, until it has been copied to its collection. */
export interface OutboxItem {
  seq: number;
  id: string;
  entry?: EntryFields;
  generation?: SettledFields & { replaces: boolean };
}

/**
 * An account's money: one document, so that one conditional write changes all of it. `_id` is the account. Reservations
 * and keys are fields named by their id (see `toFieldName`): an array cannot be pulled from and pushed to in one update.
 */
export interface BookDoc {
  _id: string;
  seq: number;
  balance: StoredInt64;
  reserved: StoredInt64;
  spent: StoredInt64;
  lots: LotPart[];
  nextExpiryAt?: Date;
  open: Record<string, OpenPart>;
  keyUse: Record<string, KeyUsePart>;
  /** Processes that hold reservations here, and some that did. */
  owners: string[];
  outbox: OutboxItem[];
  /** Since when something has been in the outbox. */
  pendingAt?: Date;
  /** Names the last commit, so that who wrote it can tell. */
  commit: string;
}

const money = { type: Schema.Types.BigInt, required: true } as const;
const count = { type: Number, required: true } as const;
const text = { type: String, required: true } as const;

const lot = new Schema({ id: text, amount: money, expiresAt: { type: Date, default: null } }, PART_OPTIONS);
const open = new Schema({ key: String, amount: money, owner: text, draft: generationPart }, PART_OPTIONS);
const keyUse = new Schema(
  { total: money, dayNo: count, day: money, weekNo: count, week: money, monthNo: count, month: money },
  PART_OPTIONS,
);
const entry = new Schema({ kind: text, amount: money, at: Date, note: String }, PART_OPTIONS);
const item = new Schema({ seq: count, id: String, entry, generation: generationPart }, PART_OPTIONS);

export const bookSchema: Schema<BookDoc> = new Schema<BookDoc>(
  {
    _id: text,
    seq: count,
    balance: money,
    reserved: money,
    spent: money,
    lots: [lot],
    nextExpiryAt: Date,
    open: { type: Map, of: open },
    keyUse: { type: Map, of: keyUse },
    owners: [String],
    outbox: [item],
    pendingAt: Date,
    commit: String,
  },
  SCHEMA_OPTIONS,
);
bookSchema.index({ owners: 1 });
bookSchema.index({ nextExpiryAt: 1 }, { sparse: true });
bookSchema.index({ pendingAt: 1 }, { sparse: true });
