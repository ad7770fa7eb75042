import type { Generation, GenerationStatus } from '@onerouter/core';
import { number, text, whole, type Row } from './book-rows.ts';

type Column = 'id' | 'accountId' | 'keyId' | 'createdAt' | 'model' | 'provider' | 'status' | 'cost';

/** The fields of a generation that have no column, as they are when nothing is known of them. */
const EMPTY: Omit<Generation, Column> = {
  requestId: '',
  surface: 'chat',
  streamed: false,
  requestedModel: '',
  upstreamModel: '',
  upstreamId: null,
  finishReason: null,
  nativeFinishReason: null,
  latencyMs: null,
  generationMs: null,
  tokensPerSecond: null,
  usage: null,
  lines: [],
  discount: 0,
  cacheHit: false,
  cacheSourceId: null,
  attempts: [],
  errorType: null,
  referer: null,
  title: null,
  userAgent: null,
};
const FIELDS = Object.keys(EMPTY) as readonly (keyof typeof EMPTY)[];

/** The fields without a column as JSON, empty ones left out: short rows are fewer pages to write. */
export function packGeneration(generation: Generation): string {
  const packed: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const value = generation[field];
    if (value !== EMPTY[field] && !(Array.isArray(value) && value.length === 0)) packed[field] = value;
  }
  return JSON.stringify(packed);
}

/** A row of `generations`. */
export function readGeneration(row: Row): Generation {
  return {
    ...EMPTY,
    attempts: [],
    ...(JSON.parse(text(row, 'data')) as Partial<Generation>),
    id: text(row, 'id'),
    accountId: text(row, 'account'),
    keyId: text(row, 'key'),
    createdAt: number(row, 'created_at'),
    model: text(row, 'model'),
    provider: text(row, 'provider'),
    status: text(row, 'status') as GenerationStatus,
    cost: whole(row, 'cost'),
  };
}

/** An open reservation's row as the generation it will become. */
export function readDraft(row: Row): Generation {
  return readGeneration({
    ...row,
    data: text(row, 'draft'),
    model: '',
    provider: '',
    status: 'pending',
    cost: 0n,
  });
}
