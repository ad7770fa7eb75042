import type { Timeouts } from '@onerouter/core';
import type { FailureType } from '../failure.ts';
import { PhaseTimer } from './phase-timer.ts';

/** How long usage and end mark may come behind the finish reason. */
export const ENDING_MS = 5_000;

/** How long a connection may stay open behind the end mark of its stream. */
export const LINGER_MS = 2_000;

type Phase = Extract<FailureType, 'first_token_timeout' | 'headers_timeout' | 'idle_timeout'>;

/** Every clock of an attempt. Only one phase runs at a time; the total runs beside it where there is one. */
export class AttemptClock {
  readonly #timeouts: Timeouts;
  readonly #phase: PhaseTimer<Phase>;
  readonly #total: NodeJS.Timeout | undefined;
  #drain: NodeJS.Timeout | undefined;
  #lingering: NodeJS.Timeout | undefined;

  constructor(timeouts: Timeouts, expired: (type: FailureType) => void) {
    this.#timeouts = timeouts;
    this.#phase = new PhaseTimer<Phase>(expired);
    const { totalMs } = timeouts;
    if (totalMs !== undefined) this.#total = setTimeout(() => expired('total_timeout'), totalMs);
  }

  /** The call goes out. A stream has until its first real output, a whole answer until its headers. */
  begin(stream: boolean): void {
    if (stream) this.#phase.start('first_token_timeout', this.#timeouts.firstTokenMs);
    else this.#phase.start('headers_timeout', this.#timeouts.headersMs);
  }

  /**
   * Bytes of the body have come.
   *
   * @param ending the answer is whole but for usage and end mark, which are worth a short wait only
   */
  alive(ending = false): void {
    const { idleMs } = this.#timeouts;
    this.#phase.touch('idle_timeout', ending ? Math.min(idleMs, ENDING_MS) : idleMs);
  }

  /** The client is the slow one: the provider is not to blame for silence. */
  pause(): void {
    this.#phase.stop();
  }

  /** The client has left, and the provider is read on for a while. */
  drain(ms: number, then: () => void): void {
    this.#drain ??= setTimeout(then, ms);
  }

  /** The answer is whole; its connection may stay open for a moment. */
  linger(then: () => void): void {
    this.#lingering = setTimeout(then, LINGER_MS);
  }

  /** The connection has closed. */
  closed(): void {
    clearTimeout(this.#lingering);
  }

  stop(): void {
    this.#phase.stop();
    clearTimeout(this.#total);
    clearTimeout(this.#drain);
  }
}
