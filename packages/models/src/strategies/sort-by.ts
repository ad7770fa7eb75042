import type { Candidate } from '@onerouter/core';

/** Sorts by a figure, lowest first; those without one come last, in the order they had. */
export function sortBy(
  candidates: readonly Candidate[],
  figure: (candidate: Candidate) => number | undefined,
): readonly Candidate[] {
  if (candidates.length < 2) return candidates;
  return candidates
    .map((candidate) => ({ candidate, figure: figure(candidate) ?? Infinity }))
    .toSorted((a, b) => (a.figure === b.figure ? 0 : a.figure - b.figure))
    .map((one) => one.candidate);
}
