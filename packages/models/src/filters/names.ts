import type { Candidate } from '@onerouter/core';

/** A test for "is at one of these providers". Names are compared without case. */
export function atOneOf(providers: readonly string[]): (candidate: Candidate) => boolean {
  const names = new Set(providers.map((name) => name.toLowerCase()));
  return ({ endpoint }) => names.has(endpoint.provider.name.toLowerCase());
}
