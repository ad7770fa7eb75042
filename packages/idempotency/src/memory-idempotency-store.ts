import {
  stateOf,
  type Claim,
  type EarlierClaim,
  type IdempotencyStore,
  type KeptAnswer,
} from './idempotency-store.ts';

/** 64 MiB. */
export const DEFAULT_MAX_BYTES: number = 64 * 1024 * 1024;

export interface MemoryIdempotencyStoreOptions {
  /** Bytes that sealed answers may take; the oldest are no longer kept above it. @default 67108864 (64 MiB) */
  readonly maxBytes?: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

interface Row {
  readonly tag: string;
  readonly generationId: string;
  readonly claimedAt: number;
  answer: KeptAnswer;
  expiresAt: number;
}

/** Keeps claims and answers in this process, until it ends. */
export function memoryIdempotencyStore(options: MemoryIdempotencyStoreOptions = {}): IdempotencyStore {
  const { maxBytes = DEFAULT_MAX_BYTES, now = Date.now } = options;
  /** In the order of their claims, which is nearly that of their expiry. */
  const rows = new Map<string, Row>();
  let bytes = 0;

  return {
    async claim(claim, ttlMs) {
      removeExpired();
      const found = rows.get(idOf(claim));
      if (found && found.expiresAt > now()) return earlier(found);
      put(claim, ttlMs);
      return undefined;
    },
    async takeOver(claim, from, ttlMs) {
      const row = rows.get(idOf(claim));
      if (row?.generationId !== from.generationId || stateOf(row.answer) !== stateOf(from.answer))
        return false;
      put(claim, ttlMs);
      return true;
    },
    async finish(claim, sealed, ttlMs) {
      const row = own(claim);
      if (!row) return false;
      row.answer = sealed ?? 'not_kept';
      row.expiresAt = now() + ttlMs;
      bytes += sealed?.length ?? 0;
      makeRoom();
      return true;
    },
    async drop(claim) {
      if (own(claim)) remove(idOf(claim));
    },
  };

  function own(claim: Claim): Row | undefined {
    const row = rows.get(idOf(claim));
    return row?.generationId === claim.generationId ? row : undefined;
  }

  function put(claim: Claim, ttlMs: number): void {
    remove(idOf(claim));
    const { tag, generationId } = claim;
    rows.set(idOf(claim), { tag, generationId, claimedAt: now(), answer: 'none', expiresAt: now() + ttlMs });
  }

  function remove(id: string): void {
    const row = rows.get(id);
    if (!row) return;
    if (Buffer.isBuffer(row.answer)) bytes -= row.answer.length;
    rows.delete(id);
  }

  function removeExpired(): void {
    for (const [id, row] of rows) {
      if (row.expiresAt > now()) return;
      remove(id);
    }
  }

  function makeRoom(): void {
    for (const row of rows.values()) {
      if (bytes <= maxBytes) return;
      if (!Buffer.isBuffer(row.answer)) continue;
      bytes -= row.answer.length;
      row.answer = 'not_kept';
    }
  }

  function earlier({ tag, generationId, claimedAt, answer }: Row): EarlierClaim {
    return { tag, generationId, ageMs: now() - claimedAt, answer };
  }
}

function idOf({ account, name }: Claim): string {
  return `${account}\n${name}`;
}
