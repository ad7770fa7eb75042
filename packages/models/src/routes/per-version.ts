import type { Catalogue } from '../catalogue/catalogue.ts';

/** Computes a value when it is first wanted, and again when the catalogue has changed. */
export function perVersion<T>(catalogue: Catalogue, compute: () => T): () => T {
  let held: { readonly version: number; readonly value: T } | undefined;
  return function current() {
    const { version } = catalogue;
    if (held?.version !== version) held = { version, value: compute() };
    return held.value;
  };
}
