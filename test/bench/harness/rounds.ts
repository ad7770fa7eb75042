import type { Candidate } from '../candidates/candidate.ts';

/** What one scenario measured: for each candidate one sample a round. */
export interface Samples<S> {
  readonly of: (candidate: Candidate) => readonly S[];
  /** Why a candidate has none. */
  readonly failures: ReadonlyMap<Candidate, string>;
  /** A figure of one candidate for each round. */
  readonly figures: (candidate: Candidate, figure: (sample: S) => number) => readonly number[];
  /** Compares two candidates within each round; rounds apart are minutes apart, and machines change. */
  readonly compare: (
    one: Candidate,
    other: Candidate,
    how: (one: S, other: S) => number,
  ) => readonly number[];
}

/**
 * Takes samples of the candidates in turn, each round beginning with another one. A candidate that fails is left out from
 * then on, with its reason.
 */
export async function inRounds<S>(
  rounds: number,
  candidates: readonly Candidate[],
  sample: (candidate: Candidate) => Promise<S>,
  describe: (sample: S) => string,
): Promise<Samples<S>> {
  const taken = new Map<Candidate, S[]>();
  const failures = new Map<Candidate, string>();
  for (let round = 0; round < rounds; round++) {
    const turn = round % candidates.length;
    for (const candidate of [...candidates.slice(turn), ...candidates.slice(0, turn)]) {
      if (failures.has(candidate)) continue;
      try {
        const one = await sample(candidate);
        taken.set(candidate, [...(taken.get(candidate) ?? []), one]);
        console.error(`  round ${round + 1}  ${candidate.name.padEnd(40)} ${describe(one)}`);
      } catch (err) {
        const reason = err instanceof Error ? err.message : String(err);
        taken.delete(candidate);
        failures.set(candidate, reason);
        console.error(`  round ${round + 1}  ${candidate.name.padEnd(40)} failed: ${reason}`);
      }
    }
  }
  const of = (candidate: Candidate): readonly S[] => taken.get(candidate) ?? [];
  return {
    of,
    failures,
    figures: (candidate, figure) => of(candidate).map(figure),
    compare: (one, other, how) => {
      const others = of(other);
      return of(one).flatMap((mine, round) => {
        const theirs = others[round];
        return theirs === undefined ? [] : [how(mine, theirs)];
      });
    },
  };
}
