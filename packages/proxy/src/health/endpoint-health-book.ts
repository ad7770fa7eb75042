import { LRUCache } from 'lru-cache';
import type { BreakerState } from './breaker.ts';
import { EndpointHealth, type EndpointFigures } from './endpoint-health.ts';
import type { Percentile } from './percentile-ring.ts';
import { Trial } from './trial.ts';

/** Endpoints that are remembered; the one that was tried longest ago makes room. */
export const MAX_ENDPOINTS = 2_000;

export interface EndpointHealthBookOptions {
  /** Milliseconds that never go back. @default performance.now */
  readonly now?: () => number;
  /** @default 2000 */
  readonly maxEndpoints?: number;
}

/**
 * What this process has seen of each endpoint, by endpoint id. Survives reloads of the catalogue, and forgets endpoints
 * that have vanished when others need the room.
 */
export class EndpointHealthBook {
  readonly #byId: LRUCache<string, EndpointHealth>;
  readonly #now: () => number;

  constructor(options: EndpointHealthBookOptions = {}) {
    const { now = (): number => performance.now(), maxEndpoints = MAX_ENDPOINTS } = options;
    this.#now = now;
    this.#byId = new LRUCache({ max: maxEndpoints });
  }

  /** Whether there is no significant failure in the last 30 s, and it need not be left alone. */
  healthy(endpointId: string): boolean {
    return this.#byId.peek(endpointId)?.healthy(this.#now()) ?? true;
  }

  /** How long it is best left alone, in milliseconds: its breaker is open, or it asked for it. 0 when it may be tried. */
  shutForMs(endpointId: string): number {
    return this.#byId.peek(endpointId)?.shutForMs(this.#now()) ?? 0;
  }

  /** What its breaker lets through. */
  breaker(endpointId: string): BreakerState {
    return this.#byId.peek(endpointId)?.breaker.state(this.#now()) ?? 'closed';
  }

  /** Time to the first output over the last 5 minutes, or `undefined` without an answer in them. */
  latencyMs(endpointId: string, percentile: Percentile = 'p50'): number | undefined {
    return this.#byId.peek(endpointId)?.latency5m.figure(this.#now(), percentile);
  }

  /** Tokens a second over the last 5 minutes. `p90` is what nine of ten requests reach. */
  throughput(endpointId: string, percentile: Percentile = 'p50'): number | undefined {
    return this.#byId.peek(endpointId)?.throughput5m.figure(this.#now(), percentile);
  }

  /** The figures of an endpoint's page, or `undefined` when it was never tried. */
  endpoint(endpointId: string): EndpointFigures | undefined {
    return this.#byId.peek(endpointId)?.figures(this.#now());
  }

  /**
   * Leave to try an endpoint, or `undefined` while it should be left alone. Of a breaker that is half-open, one trial is
   * given out until it has ended: end each.
   */
  admit(endpointId: string): Trial | undefined {
    const health = this.#health(endpointId);
    const pass = health.admit(this.#now());
    return pass && new Trial(health, pass, this.#now);
  }

  /** Leave to try an endpoint that should be left alone: there is nobody else to ask. */
  force(endpointId: string): Trial {
    const health = this.#health(endpointId);
    return new Trial(health, health.breaker.force(this.#now()), this.#now);
  }

  #health(endpointId: string): EndpointHealth {
    let health = this.#byId.get(endpointId);
    if (!health) {
      health = new EndpointHealth();
      this.#byId.set(endpointId, health);
    }
    return health;
  }
}
