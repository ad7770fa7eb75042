import type { Candidate } from '@onerouter/core';
import { describe, expect, it } from 'vitest';
import type { Failure, FailureType } from './failure.ts';
import { BACKOFF_MS, MAX_BACKOFF_MS, planRound, type FailedCandidate, type RoundTimes } from './rounds.ts';

const TIMES: RoundTimes = { rounds: 1, nowMs: 1_000, deadlineAtMs: 60_000, random: () => 0.5 };

describe('a further round', () => {
  it('comes after a back-off that doubles up to a limit, with jitter', () => {
    expect(waits(0.5)).toEqual([BACKOFF_MS, 1_000, 2_000, 4_000, MAX_BACKOFF_MS, MAX_BACKOFF_MS]);
    expect(waits(0)[0]).toBe(400);
    expect(waits(0.999_999)[0]).toBe(600);
  });

  it('asks only those whose failure may pass', () => {
    const passing = [
      failed('connection_error'),
      failed('provider_overloaded'),
      failed('rate_limit_exceeded'),
    ];
    const lasting = (
      ['credentials_rejected', 'model_not_found', 'context_length_exceeded', 'invalid_request'] as const
    ).map((type) => failed(type));
    expect(planRound([...lasting, ...passing], TIMES)?.candidates).toEqual(
      passing.map((one) => one.candidate),
    );
    expect(planRound(lasting, TIMES)).toBeUndefined();
    expect(planRound([], TIMES)).toBeUndefined();
  });

  it('leaves out whoever asked for a longer wait, unless all did', () => {
    const busy = failed('rate_limit_exceeded', 10_000);
    const busier = failed('rate_limit_exceeded', 20_000);
    const broken = failed('timeout');
    expect(planRound([busy, broken], TIMES)).toEqual({ waitMs: 500, candidates: [broken.candidate] });
    expect(planRound([busy, busier], TIMES)).toEqual({ waitMs: 10_000, candidates: [busy.candidate] });
  });

  it('is not begun when it could not be before the deadline', () => {
    expect(planRound([failed('timeout')], { ...TIMES, deadlineAtMs: 1_500 })).toBeUndefined();
    expect(planRound([failed('rate_limit_exceeded', 59_000)], TIMES)).toBeUndefined();
  });
});

function failed(type: FailureType, retryAfterMs?: number): FailedCandidate {
  const failure: Failure = { type, status: null, retryAfterMs };
  return { candidate: {} as Candidate, failure, failedAtMs: 1_000 };
}

/** The pauses before several rounds. */
function waits(random: number): readonly (number | undefined)[] {
  return [1, 2, 3, 4, 5, 9].map(
    (rounds) => planRound([failed('timeout')], { ...TIMES, rounds, random: () => random })?.waitMs,
  );
}
