import type { Candidate } from '@onerouter/core';
import { FAILURES, type Failure } from './failure.ts';

/** Every candidate is tried once. */
export const DEFAULT_ROUNDS = 1;
/** The pause before the second round; each further one is twice as long. */
export const BACKOFF_MS = 500;
export const MAX_BACKOFF_MS = 5_000;
/** Pauses are spread by this share either way, so that many clients do not come back at once. */
export const JITTER = 0.2;

/** A candidate that has failed in the round before. */
export interface FailedCandidate {
  readonly candidate: Candidate;
  readonly failure: Failure;
  /** On the same clock as the deadline. */
  readonly failedAtMs: number;
}

/** Who is asked again, and when. */
export interface NextRound {
  readonly waitMs: number;
  readonly candidates: readonly Candidate[];
}

export interface RoundTimes {
  /** How many rounds are over. */
  readonly rounds: number;
  readonly nowMs: number;
  readonly deadlineAtMs: number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/**
 * Plans a further round over candidates that have all failed: those whose failure may pass, after a back-off of
 * 500 ms × 2ⁿ, at most 5 s, ± 20 %. A provider that asked to be left alone is not asked before; when all did, the round
 * waits for the first.
 *
 * @returns `undefined` when nobody is worth asking again before the deadline
 */
export function planRound(failed: readonly FailedCandidate[], times: RoundTimes): NextRound | undefined {
  const passing = failed.filter(({ failure }) => mayPass(failure));
  if (passing.length === 0) return undefined;
  const backoff = Math.min(BACKOFF_MS * 2 ** (times.rounds - 1), MAX_BACKOFF_MS);
  const spread = backoff * (1 - JITTER + 2 * JITTER * times.random());
  const startAt = Math.max(times.nowMs + spread, Math.min(...passing.map(readyAt)));
  if (startAt >= times.deadlineAtMs) return undefined;
  return {
    waitMs: Math.ceil(startAt - times.nowMs),
    candidates: passing.filter((one) => readyAt(one) <= startAt).map(({ candidate }) => candidate),
  };
}

function readyAt({ failedAtMs, failure }: FailedCandidate): number {
  return failedAtMs + (failure.retryAfterMs ?? 0);
}

/** A refused key, a model that is not there and a request that is at fault stay what they are. */
function mayPass({ type }: Failure): boolean {
  const { next, blame } = FAILURES[type];
  return next === 'next' && (blame === 'counts' || blame === 'rate-limited');
}
