import type { Model, Provider } from '@onerouter/core';

/**
 * What is on offer. Resolution asks it on the hot path, so it answers from memory; an adapter over a database keeps a
 * copy there and changes `version` when it takes a new one.
 */
export interface Catalogue {
  /**
   * The model of that id, alias or `name@version`, whatever its case. Variants such as `:floor` are not part of a name.
   * The same object is returned until `version` changes.
   */
  find(name: string): Model | undefined;
  /** Every model, in a stable order. The same array is returned until `version` changes. */
  list(): readonly Model[];
  /** Every provider that is configured, also those without a model. */
  providers(): readonly Provider[];
  /** Changes when the content does; what was computed from the catalogue is good for one version. */
  readonly version: number;
}
