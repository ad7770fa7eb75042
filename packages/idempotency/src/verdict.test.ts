import type { Generation, GenerationStatus } from '@onerouter/core';
import { expect, it } from 'vitest';
import type { KeptAnswer } from './idempotency-store.ts';
import { CLAIM_GRACE_MS, judge } from './verdict.ts';

const SEALED = Buffer.of(1);

it.each<[GenerationStatus | undefined, KeptAnswer, string]>([
  [undefined, 'none', 'running'],
  ['pending', 'none', 'running'],
  // Kept, and not charged yet.
  ['pending', SEALED, 'running'],
  ['failed', 'none', 'free'],
  ['failed', SEALED, 'free'],
  ['truncated', 'none', 'free'],
  ['cancelled', 'none', 'free'],
  ['cancelled', SEALED, 'answered'],
  ['cancelled', 'not_kept', 'not_kept'],
  ['complete', SEALED, 'answered'],
  ['complete', 'not_kept', 'not_kept'],
  // Its process died, or its store failed, at the wrong moment.
  ['complete', 'none', 'not_kept'],
])('a claim whose generation is %s, with the answer %s, is %s', (status, answer, verdict) => {
  const generation = status && ({ status } as Generation);
  expect(judge({ tag: 't', generationId: 'g', ageMs: 0, answer }, generation)).toBe(verdict);
});

it('a claim that has come to no generation is free after a while', () => {
  const claim = { tag: 't', generationId: 'g', answer: 'none' } as const;
  expect(judge({ ...claim, ageMs: CLAIM_GRACE_MS - 1 }, undefined)).toBe('running');
  expect(judge({ ...claim, ageMs: CLAIM_GRACE_MS }, undefined)).toBe('free');
});
