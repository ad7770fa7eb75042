import type { Candidate } from '@onerouter/core';
import type { Ask } from '../resolve/ask.ts';
import { sortBy } from './sort-by.ts';

/**
 * Moves endpoints with recent failures behind the others, and those that should be left alone behind all, the soonest to
 * be back first; keeps the order among each.
 */
export function healthyFirst(candidates: readonly Candidate[], { health }: Ask): readonly Candidate[] {
  if ((!health.healthy && !health.shutForMs) || candidates.length < 2) return candidates;
  const trouble = ({ endpoint }: Candidate): number => {
    const shutForMs = health.shutForMs?.(endpoint.id) ?? 0;
    if (shutForMs > 0) return SHUT + shutForMs;
    return health.healthy?.(endpoint.id) === false ? FAILING : 0;
  };
  const troubles = new Map(candidates.map((one) => [one, trouble(one)]));
  if ([...troubles.values()].every((one) => one === 0)) return candidates;
  return sortBy(candidates, (one) => troubles.get(one));
}

const FAILING = 1;
const SHUT = 2;
