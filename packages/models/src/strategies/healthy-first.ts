import type { Candidate } from '@onerouter/core';
import type { Ask } from '../resolve/ask.ts';

/** Moves endpoints with recent failures behind the others, keeping the order among each. */
export function healthyFirst(candidates: readonly Candidate[], { health }: Ask): readonly Candidate[] {
  if (!health.healthy || candidates.length < 2) return candidates;
  const isHealthy = (one: Candidate): boolean => health.healthy?.(one.endpoint.id) !== false;
  if (candidates.every(isHealthy)) return candidates;
  return [...candidates.filter(isHealthy), ...candidates.filter((one) => !isHealthy(one))];
}
