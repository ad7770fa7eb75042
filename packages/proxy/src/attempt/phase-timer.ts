/**
 * The one timer of an attempt: whatever phase it is in, at most one limit can pass. Re-arming for the same length is a
 * refresh, which costs next to nothing, so that it can be done for every piece of a stream.
 */
export class PhaseTimer<Phase extends string> {
  readonly #expired: (phase: Phase) => void;
  #timer: NodeJS.Timeout | undefined;
  #phase: Phase | undefined;
  #ms = 0;

  constructor(expired: (phase: Phase) => void) {
    this.#expired = expired;
  }

  /** Begins a phase, ending the one before. */
  start(phase: Phase, ms: number): void {
    clearTimeout(this.#timer);
    this.#phase = phase;
    this.#ms = ms;
    this.#timer = setTimeout(() => this.#expired(phase), ms);
  }

  /** Begins the phase anew, or goes on with it where it already runs. */
  touch(phase: Phase, ms: number): void {
    if (this.#timer && this.#phase === phase && this.#ms === ms) this.#timer.refresh();
    else this.start(phase, ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
