import type { Ready } from './contender.ts';
import type { Outcome } from './outcome.ts';
import type { Providers } from './providers.ts';
import { requestAt } from './schedule.ts';

export interface Load {
  readonly requests: number;
  /** Requests that run at a time. */
  readonly concurrency: number;
  /** No request begins after this, whatever is left to do. */
  readonly mostMs: number;
  /** Told of every request that was not answered whole. */
  readonly onMiss?: (number: number, outcome: Outcome, detail: string) => void;
}

/** What came of all requests to one contender. */
export interface Tally {
  /** Requests that were made: fewer than wanted when time was up. */
  readonly requests: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Calls that providers had. */
  readonly calls: number;
  /** Of answers that were whole, until their last byte; ascending. */
  readonly wholeMs: readonly number[];
}

/** Makes all requests of the schedule, each as soon as one before it has ended. */
export async function run(ready: Ready, providers: Providers, load: Load): Promise<Tally> {
  const outcomes: Record<Outcome, number> = { whole: 0, error: 0, 'half shown as whole': 0 };
  const wholeMs: number[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < load.requests && performance.now() < untilMs) {
      const request = requestAt(next++);
      const beganAt = performance.now();
      const { outcome, detail } = await ready.ask(request);
      outcomes[outcome]++;
      if (outcome === 'whole') wholeMs.push(performance.now() - beganAt);
      else load.onMiss?.(request.number, outcome, detail);
    }
  };
  const untilMs = performance.now() + load.mostMs;
  providers.begin();
  await Promise.all(Array.from({ length: load.concurrency }, work));
  return {
    requests: next,
    outcomes,
    calls: providers.calls,
    wholeMs: wholeMs.toSorted((a, b) => a - b),
  };
}

/** The value that a share of an ascending list does not exceed; undefined for an empty one. */
export function percentile(ascending: readonly number[], share: number): number | undefined {
  return ascending[Math.max(0, Math.ceil(ascending.length * share) - 1)];
}
