import type { Strategy } from '../resolve/ask.ts';

/**
 * Puts the endpoint first that last answered the conversation and holds its prompt cache, as long as it is healthy.
 */
export function stickyFirst(rest: Strategy): Strategy {
  return function stickyFirst(candidates, ask) {
    const ordered = rest(candidates, ask);
    const [first] = ordered;
    const id = first && ask.lastAnswered?.(first.model.id);
    const stuck = id === undefined ? undefined : ordered.find(({ endpoint }) => endpoint.id === id);
    if (!stuck || stuck === first || ask.health.healthy?.(stuck.endpoint.id) === false) return ordered;
    return [stuck, ...ordered.filter((one) => one !== stuck)];
  };
}
