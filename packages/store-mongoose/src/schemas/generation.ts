import { Schema } from 'mongoose';
import type { AttemptRecord, CostLine, GenerationStatus, Surface, Usage } from '@onerouter/core';
import type { StoredInt64 } from '../values.ts';
import { PART_OPTIONS, SCHEMA_OPTIONS } from './options.ts';

/** A generation's own fields. What is empty is left out. */
export interface GenerationFields {
  requestId?: string;
  key?: string;
  surface?: Surface;
  createdAt: Date;
  status?: GenerationStatus;
  streamed?: boolean;
  requestedModel?: string;
  model?: string;
  provider?: string;
  upstreamModel?: string;
  upstreamId?: string;
  finishReason?: string;
  nativeFinishReason?: string;
  latencyMs?: number;
  generationMs?: number;
  tokensPerSecond?: number;
  usage?: Usage;
  cost?: StoredInt64;
  lines?: readonly CostLine[];
  discount?: number;
  cacheHit?: boolean;
  cacheSourceId?: string;
  attempts?: readonly AttemptRecord[];
  errorType?: string;
  referer?: string;
  title?: string;
  userAgent?: string;
}

/** A generation as the ledger settled it. */
export interface SettledFields extends GenerationFields {
  /** What this record charges; it is the entry of its own charge. */
  charge: StoredInt64;
  /** False for what a dead process left: a late settlement may still replace it. */
  final: boolean;
  settledAt: Date;
}

/** A generation in its collection. Without `seq` and what follows it, it was only logged. */
export interface GenerationDoc extends GenerationFields, Partial<SettledFields> {
  _id: string;
  account: string;
  id: string;
  seq?: number;
  createdAt: Date;
  /** Key, model, provider and status in one, for lists that are filtered by some of them (see `SeriesDoc`). */
  series?: string;
}

const FIELDS = {
  requestId: String,
  key: String,
  surface: String,
  createdAt: { type: Date, required: true },
  status: String,
  streamed: Boolean,
  requestedModel: String,
  model: String,
  provider: String,
  upstreamModel: String,
  upstreamId: String,
  finishReason: String,
  nativeFinishReason: String,
  latencyMs: Number,
  generationMs: Number,
  tokensPerSecond: Number,
  usage: Schema.Types.Mixed,
  cost: Schema.Types.BigInt,
  lines: { type: [Schema.Types.Mixed], default: undefined },
  discount: Number,
  cacheHit: Boolean,
  cacheSourceId: String,
  attempts: { type: [Schema.Types.Mixed], default: undefined },
  errorType: String,
  referer: String,
  title: String,
  userAgent: String,
} as const;

const SETTLED = { charge: Schema.Types.BigInt, final: Boolean, settledAt: Date } as const;

/** A generation within an account's book: a draft, or one on its way to its collection. */
export const generationPart: Schema = new Schema({ ...FIELDS, ...SETTLED, replaces: Boolean }, PART_OPTIONS);

export const generationSchema: Schema<GenerationDoc> = new Schema<GenerationDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    id: { type: String, required: true },
    seq: Number,
    series: String,
    ...FIELDS,
    ...SETTLED,
  },
  SCHEMA_OPTIONS,
);
// An account's generations in the order of settling, those among them that charged without a look at the others.
generationSchema.index({ account: 1, seq: 1, charge: 1 });
// In the order of time, by what filters take. All of them together are a range of `_id`, since ids sort by time.
generationSchema.index({ account: 1, series: 1, id: -1 });
