import type { Generation } from '@onerouter/core';

/** A generation as JSON text; the cost, which JSON has no integer for, as decimal text. */
export function writeGeneration(generation: Generation): string {
  return JSON.stringify({ ...generation, cost: generation.cost.toString() });
}

/** Reads what {@link writeGeneration} wrote. */
export function readGeneration(text: string): Generation {
  const stored = JSON.parse(text) as Generation & { cost: string };
  return { ...stored, cost: BigInt(stored.cost) };
}
