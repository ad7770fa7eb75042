import { createHash } from 'node:crypto';
import type { RequestBody } from '@onerouter/core';

/**
 * SHA-256 in hex of what is asked: surface and body, whatever the order of its fields and the white space between them.
 * A body that cannot be told apart so (with integers beyond 2^53, or nested too deep) is taken as its bytes.
 */
export function bodyDigest({ facts, json, raw }: RequestBody): string {
  const hash = createHash('sha256').update(facts.surface);
  const text = canonical(json);
  return (
    text === undefined ? hash.update('\nbytes\n').update(raw) : hash.update('\njson\n').update(text)
  ).digest('hex');
}

/** Thrown and caught in here alone. */
const AMBIGUOUS: Error = new RangeError('Two requests could look like this.');

function canonical(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_name, field: unknown) => sorted(field));
  } catch (err) {
    // The end of the stack is a RangeError too.
    if (err instanceof RangeError) return undefined;
    throw err;
  }
}

function sorted(value: unknown): unknown {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) throw AMBIGUOUS;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, (value as Record<string, unknown>)[name]]));
}
