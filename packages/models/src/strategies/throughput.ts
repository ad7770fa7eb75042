import type { Strategy } from '../resolve/ask.ts';
import { healthyFirst } from './healthy-first.ts';
import { sortBy } from './sort-by.ts';

/** Most tokens a second first: `sort: "throughput"` and `:nitro`. Endpoints without data keep the configured order. */
export const byThroughput: Strategy = function byThroughput(candidates, ask) {
  const figure = (id: string): number | undefined => {
    const tokensPerSecond = ask.health.throughput?.(id);
    return tokensPerSecond === undefined ? undefined : -tokensPerSecond;
  };
  return healthyFirst(
    sortBy(candidates, ({ endpoint }) => figure(endpoint.id)),
    ask,
  );
};
