import type { Strategy } from '../resolve/ask.ts';
import { sortBy } from './sort-by.ts';

/**
 * Providers that `provider.order` names first and in that order, whatever their health: the client insists. The rest
 * follows as the other strategy has it.
 */
export function listedFirst(rest: Strategy): Strategy {
  return function listedFirst(candidates, ask) {
    const ranks = new Map<string, number>();
    for (const name of ask.preferences.order ?? []) {
      if (!ranks.has(name.toLowerCase())) ranks.set(name.toLowerCase(), ranks.size);
    }
    return sortBy(rest(candidates, ask), ({ endpoint }) => ranks.get(endpoint.provider.name.toLowerCase()));
  };
}
