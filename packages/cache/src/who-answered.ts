import type { Candidate, Route } from '@onerouter/core';

/**
 * Finds among those who may answer a request the one that has answered its like.
 *
 * Where the client allows no fallbacks the route holds one of several that may answer, not always the same: the others
 * are found at their model, and count unless the route has excluded them.
 */
export function whoAnswered(
  route: Route | undefined,
  matches: (candidate: Candidate) => boolean,
): Candidate | undefined {
  if (!route) return undefined;
  const candidate = route.candidates.find(matches);
  if (candidate) return candidate;
  for (const { model } of route.candidates) {
    for (const endpoint of model.endpoints) {
      const other = { model, endpoint };
      if (matches(other) && !isExcluded(route, other)) return other;
    }
  }
  return undefined;
}

function isExcluded(route: Route, { model, endpoint }: Candidate): boolean {
  return route.excluded.some(
    (excluded) => excluded.provider === endpoint.provider.name && excluded.model === model.id,
  );
}
