import { GatewayError } from './errors.ts';
import type { Exchange } from './exchange.ts';

/** The exchanges of this process that are not settled yet. */
export class RunningExchanges {
  readonly #running = new Set<Exchange>();
  #draining = false;
  #idle: (() => void) | undefined;

  get count(): number {
    return this.#running.size;
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** @throws {GatewayError} `unavailable` 503 while the process drains */
  admit(): void {
    if (!this.#draining) return;
    throw new GatewayError(
      'unavailable',
      'This gateway is shutting down. Retry; another process will answer.',
      {
        retryAfterMs: 1000,
        errorType: 'shutting_down',
      },
    );
  }

  add(exchange: Exchange): void {
    this.#running.add(exchange);
    exchange.onSettled(() => {
      this.#running.delete(exchange);
      if (this.#running.size === 0) this.#idle?.();
    });
  }

  /**
   * Refuses new exchanges and waits for the running ones.
   *
   * @param limitMs how long to wait; after it the rest is abandoned, which settles it
   */
  async drain(limitMs: number): Promise<void> {
    this.#draining = true;
    if (await this.#settledWithin(limitMs)) return;
    for (const exchange of this.#running) exchange.forsake();
    await this.#settledWithin(ABANDON_MS);
  }

  #settledWithin(limitMs: number): Promise<boolean> {
    if (this.#running.size === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), limitMs);
      this.#idle = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}

/** What an abandoned exchange may take to stop its provider and settle. */
const ABANDON_MS = 5_000;
