import type { Candidate } from '@onerouter/core';
import type { EndpointHealthBook } from './health/endpoint-health-book.ts';
import type { Trial } from './health/trial.ts';

/** A candidate whose turn it is. Its trial must be ended. */
export interface Turn {
  readonly candidate: Candidate;
  readonly trial: Trial;
}

/**
 * The candidates one after another, each asked for when its turn comes: those that may be tried in their order, then,
 * because an error would help nobody, the ones that should be left alone, the soonest to be back first.
 */
export function* takeTurns(
  candidates: readonly Candidate[],
  health: EndpointHealthBook,
): Generator<Turn, void, undefined> {
  const shut: Candidate[] = [];
  for (const candidate of candidates) {
    const trial = health.admit(candidate.endpoint.id);
    if (trial) yield { candidate, trial };
    else shut.push(candidate);
  }
  const waits = new Map(shut.map((one) => [one, health.shutForMs(one.endpoint.id)]));
  shut.sort((a, b) => (waits.get(a) ?? 0) - (waits.get(b) ?? 0));
  for (const candidate of shut) yield { candidate, trial: health.force(candidate.endpoint.id) };
}
