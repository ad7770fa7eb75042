import type { ActivityRow } from '../api/activity.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What use can be narrowed to. */
export interface UsedNames {
  readonly models: readonly Choice[];
  readonly providers: readonly Choice[];
  readonly keys: readonly Choice[];
}

/** What is chosen now: it stays a choice where nothing was used. */
export interface Chosen {
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly key?: string | undefined;
}

/** The models, providers and keys that were used, in order of their names. */
export function usedNames(rows: readonly ActivityRow[], chosen: Chosen): UsedNames {
  const keys = new Map<string, string>();
  for (const { api_key_hash: hash, api_key_name: name } of rows) {
    if (hash) keys.set(hash, name || shortHash(hash));
  }
  if (chosen.key !== undefined && !keys.has(chosen.key)) keys.set(chosen.key, shortHash(chosen.key));
  return {
    models: choices([...rows.map(({ model }) => model), chosen.model]),
    providers: choices([...rows.map(({ provider_name }) => provider_name), chosen.provider]),
    keys: [...keys].map(([value, label]) => ({ value, label })).toSorted(byLabel),
  };
}

/** Stands for a key whose name is not known. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 8)}…`;
}

function choices(values: readonly (string | null | undefined)[]): readonly Choice[] {
  const filled = values.filter((value): value is string => Boolean(value));
  return [...new Set(filled)].map((value) => ({ value, label: value })).toSorted(byLabel);
}

function byLabel(a: Choice, b: Choice): number {
  return a.label.localeCompare(b.label);
}
