import type { Failure } from '../failure.ts';
import type { Pass } from './breaker.ts';
import type { EndpointHealth } from './endpoint-health.ts';

/** One attempt at an endpoint, as its health sees it. End it once; later ends change nothing. */
export class Trial {
  readonly #health: EndpointHealth;
  readonly #pass: Pass;
  readonly #now: () => number;
  #over = false;

  constructor(health: EndpointHealth, pass: Pass, now: () => number) {
    this.#health = health;
    this.#pass = pass;
    this.#now = now;
  }

  /**
   * It answered.
   *
   * @param latencyMs until its first output, `null` when that was not measured
   * @param tokensPerSecond `null` when there was too little to measure
   */
  answered(latencyMs: number | null, tokensPerSecond: number | null): void {
    if (this.#end()) this.#health.answered(this.#now(), this.#pass, latencyMs, tokensPerSecond);
  }

  failed(failure: Failure): void {
    if (this.#end()) this.#health.failed(this.#now(), this.#pass, failure);
  }

  /** It was not made, or the client left: nothing is known. */
  dropped(): void {
    if (this.#end()) this.#health.breaker.dropped(this.#pass);
  }

  #end(): boolean {
    const first = !this.#over;
    this.#over = true;
    return first;
  }
}
