import type { AnswerFacts } from '@onerouter/core';

/**
 * A whole answer as the cache keeps it: plain data, so that a shared store can hold it too. Who answered is kept by name
 * and looked up again at each hit, so that prices are today's and an endpoint that may no longer be used is not.
 */
export interface StoredAnswer {
  /** Generation that a provider answered. */
  readonly sourceId: string;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  /** `Model.id` of who answered. */
  readonly modelId: string;
  /** `Endpoint.id` of who answered. */
  readonly endpointId: string;
  /** What was learned of the answer while it passed. */
  readonly facts: Readonly<AnswerFacts>;
  /** The answer as a stream: whole events, without usage and end mark. One of the two forms is always there. */
  readonly events?: Buffer;
  /** The answer as one JSON document. */
  readonly whole?: Buffer;
}

/**
 * Where answers are kept. Both methods may answer at once or later; a rejection of `get` counts as a miss, one of `set`
 * is logged. The key already holds the tenant.
 */
export interface CacheStore {
  get(key: string): StoredAnswer | undefined | Promise<StoredAnswer | undefined>;
  /** @param ttlMs how long the answer may be given out, in milliseconds */
  set(key: string, answer: StoredAnswer, ttlMs: number): void | Promise<void>;
}
