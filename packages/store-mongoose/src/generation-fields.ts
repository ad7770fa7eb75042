import type { Generation, Usage } from '@onerouter/core';
import type { GenerationDoc, GenerationFields } from './schemas/generation.ts';
import { readNanos } from './values.ts';

type Plain = Omit<
  Generation,
  'id' | 'accountId' | 'keyId' | 'createdAt' | 'cost' | 'lines' | 'attempts' | 'usage'
>;

/** Fields as they are when nothing is known of them; such are not stored. */
const EMPTY: Plain = {
  requestId: '',
  surface: 'chat',
  status: 'pending',
  streamed: false,
  requestedModel: '',
  model: '',
  provider: '',
  upstreamModel: '',
  upstreamId: null,
  finishReason: null,
  nativeFinishReason: null,
  latencyMs: null,
  generationMs: null,
  tokensPerSecond: null,
  discount: 0,
  cacheHit: false,
  cacheSourceId: null,
  errorType: null,
  referer: null,
  title: null,
  userAgent: null,
};
const PLAIN = Object.keys(EMPTY) as readonly (keyof Plain)[];

/** A generation as it is stored, but for its id and account. What is empty is left out, to keep the book small. */
export function packGeneration(generation: Generation): GenerationFields {
  const { keyId, createdAt, cost, lines, attempts, usage } = generation;
  const packed: Record<string, unknown> = { key: keyId, createdAt: new Date(createdAt) };
  for (const field of PLAIN) {
    if (generation[field] !== EMPTY[field]) packed[field] = generation[field];
  }
  if (cost !== 0n) packed['cost'] = cost;
  if (lines.length > 0) packed['lines'] = lines;
  if (attempts.length > 0) packed['attempts'] = attempts;
  if (usage) packed['usage'] = known(usage);
  return packed as unknown as GenerationFields;
}

/** A generation from what was stored of it. */
export function readGeneration(account: string, id: string, stored: GenerationFields): Generation {
  const plain: Record<string, unknown> = {};
  for (const field of PLAIN) plain[field] = stored[field] ?? EMPTY[field];
  return {
    ...(plain as unknown as Plain),
    id,
    accountId: account,
    keyId: stored.key ?? '',
    createdAt: stored.createdAt.getTime(),
    cost: readNanos(stored.cost ?? 0n),
    usage: stored.usage ?? null,
    lines: stored.lines ?? [],
    attempts: [...(stored.attempts ?? [])],
  };
}

/** What a generation in its collection has charged, as an entry's amount; `0n` when it was only logged. */
export function chargedAmount(doc: Pick<GenerationDoc, 'charge'>): bigint {
  return -readNanos(doc.charge ?? 0n);
}

/** Without `undefined`, which the driver would write as null, and null is not unknown. */
function known(usage: Usage): Usage {
  return Object.fromEntries(
    Object.entries(usage).filter(([, value]) => value !== undefined),
  ) as unknown as Usage;
}
