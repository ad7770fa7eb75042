import type { Generation } from '@onerouter/core';
import type { EarlierClaim } from './idempotency-store.ts';

/** A claim without a generation is dead after this: it comes before the reservation, which takes milliseconds. */
export const CLAIM_GRACE_MS = 30_000;

/**
 * - `free`: what claimed the key has failed, or its process died; it may be claimed anew.
 * - `running`: somebody is at it.
 * - `answered`: the answer is there.
 * - `not_kept`: it was answered, and charged, and the answer is not there.
 */
export type Verdict = 'free' | 'running' | 'answered' | 'not_kept';

/**
 * What has become of an earlier claim. Its generation says: an exchange that runs has a reservation, which lives as long
 * as its process does.
 */
export function judge({ answer, ageMs }: EarlierClaim, generation: Generation | undefined): Verdict {
  switch (generation?.status) {
    case undefined:
      return ageMs < CLAIM_GRACE_MS ? 'running' : 'free';
    case 'pending':
      return 'running';
    case 'failed':
    case 'truncated':
      return 'free';
    case 'cancelled':
      // Cut off with its client, unless an answer is there: with a key, clients may leave without ending it.
      if (answer === 'none') return 'free';
      break;
    case 'complete':
      break;
  }
  return Buffer.isBuffer(answer) ? 'answered' : 'not_kept';
}
