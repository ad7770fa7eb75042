import { distance } from 'fastest-levenshtein';
import type { Model } from '@onerouter/core';
import type { Catalogue } from '../catalogue/catalogue.ts';

export const MAX_SUGGESTIONS = 5;
/** No model is asked for by a longer name in earnest; what is compared is cut there, which bounds the work. */
const MAX_COMPARED = 64;

interface Named {
  readonly id: string;
  readonly names: readonly string[];
}

/** Finds ids of models whose id or alias is close to what was asked. Keeps an index for each version of the catalogue. */
export function nearNames(catalogue: Catalogue): (asked: string) => readonly string[] {
  let index: readonly Named[] = [];
  let version: number | undefined;
  return function suggest(asked) {
    if (version !== catalogue.version) {
      index = catalogue.list().map(namesOf);
      version = catalogue.version;
    }
    return closest(index, asked);
  };
}

function namesOf(model: Model): Named {
  const slug = model.id.slice(model.id.indexOf('/') + 1);
  const names = [model.id, slug, ...model.aliases].map((name) => name.toLowerCase());
  return { id: model.id, names: [...new Set(names)] };
}

function closest(index: readonly Named[], asked: string): readonly string[] {
  const wanted = asked.toLowerCase().slice(0, MAX_COMPARED);
  const slug = wanted.slice(wanted.indexOf('/') + 1);
  const limit = Math.max(2, Math.floor(wanted.length * 0.4));
  const found: { id: string; score: number }[] = [];
  for (const { id, names } of index) {
    let best = Infinity;
    for (const name of names) best = Math.min(best, score(name, name.includes('/') ? wanted : slug, limit));
    if (best <= limit) found.push({ id, score: best });
  }
  return found
    .toSorted((a, b) => a.score - b.score || a.id.length - b.id.length)
    .slice(0, MAX_SUGGESTIONS)
    .map((one) => one.id);
}

/** Edits between the names; one that contains the other is nearer than the edits say. */
function score(name: string, wanted: string, limit: number): number {
  const gap = Math.abs(name.length - wanted.length);
  if (wanted.length >= 3 && (name.includes(wanted) || (name.length >= 3 && wanted.includes(name))))
    return Math.min(gap / 2, limit);
  return gap > limit ? Infinity : distance(name, wanted);
}
