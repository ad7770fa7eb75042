export {
  DEFAULT_MAX_ANSWER_BYTES,
  DEFAULT_MAX_IN_FLIGHT_BYTES,
  DEFAULT_TTL_MS,
  idempotency,
  type IdempotencyOptions,
} from './idempotency.ts';
export type { Claim, EarlierClaim, IdempotencyStore, KeptAnswer } from './idempotency-store.ts';
export { stateOf, type AnswerState } from './idempotency-store.ts';
export {
  DEFAULT_MAX_BYTES,
  memoryIdempotencyStore,
  type MemoryIdempotencyStoreOptions,
} from './memory-idempotency-store.ts';
export { REPLAYED_HEADER } from './replay.ts';
export { MAX_KEY_LENGTH } from './ticket.ts';
export { CLAIM_GRACE_MS } from './verdict.ts';
