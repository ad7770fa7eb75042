import { CountRing } from './count-ring.ts';

/** Over how long outcomes are sampled. */
export const BREAKER_WINDOW_MS = 30_000;
/** Fewer outcomes than this prove nothing; so many failures in a row prove enough. */
export const BREAKER_MIN_SAMPLE = 5;
/** The share of failures from which on an endpoint is left alone. */
export const BREAKER_THRESHOLD = 0.5;
/** How long it is left alone the first time; doubled each time that it fails again. */
export const BREAKER_OPEN_MS = 10_000;
export const BREAKER_MAX_OPEN_MS = 120_000;
/** Opening again within this time of recovery is a relapse: the doubling goes on. */
export const BREAKER_RELAPSE_MS = 300_000;

/** What a breaker lets through: everybody, nobody, one attempt that probes. */
export type BreakerState = 'closed' | 'open' | 'half_open';

/** Leave to try an endpoint once, and what its outcome will say of the breaker. */
export interface Pass {
  /** Which closing or opening it was given in: what began before says nothing of now. */
  readonly era: number;
  readonly probe: boolean;
}

/**
 * Watches one endpoint, and says when to leave it alone. Closed: everybody may try. Open: nobody should, for a while.
 * Half-open, when that while is over: one attempt may probe, and its outcome closes or opens it again.
 *
 * Whoever has no other choice may try at any time, see {@link force}: an answer then closes it.
 */
export class Breaker {
  readonly #sample = new CountRing(BREAKER_WINDOW_MS, 30);
  #era = 0;
  #open = false;
  #openUntil = 0;
  #openMs = 0;
  #closedAt = -Infinity;
  #streak = 0;
  #lastFailureAt = -Infinity;
  #probing = false;

  /** How long it is best left alone: 0 when it may be tried. While it is probed, that is a moment. */
  shutForMs(nowMs: number): number {
    if (!this.#open) return 0;
    if (nowMs < this.#openUntil) return this.#openUntil - nowMs;
    return this.#probing ? 1 : 0;
  }

  state(nowMs: number): BreakerState {
    if (!this.#open) return 'closed';
    return nowMs < this.#openUntil ? 'open' : 'half_open';
  }

  /** Leave to try it, or `undefined` while others come first. */
  admit(nowMs: number): Pass | undefined {
    if (this.shutForMs(nowMs) > 0) return undefined;
    if (!this.#open) return { era: this.#era, probe: false };
    this.#probing = true;
    return { era: this.#era, probe: true };
  }

  /** Leave to try it although it is open: there is nobody else to ask. */
  force(nowMs: number): Pass {
    return this.admit(nowMs) ?? { era: this.#era, probe: false };
  }

  answered(nowMs: number, pass: Pass): void {
    if (!this.#open) {
      this.#streak = 0;
      this.#sample.add(nowMs, true);
    } else if (pass.era === this.#era) {
      this.#close(nowMs);
    }
  }

  failed(nowMs: number, pass: Pass): void {
    if (!this.#open) {
      // Failures that lie far apart are no streak.
      this.#streak = nowMs - this.#lastFailureAt > BREAKER_WINDOW_MS ? 1 : this.#streak + 1;
      this.#lastFailureAt = nowMs;
      this.#sample.add(nowMs, false);
      if (this.#hasTripped(nowMs)) this.#trip(nowMs);
    } else if (pass.probe && pass.era === this.#era) {
      this.#trip(nowMs);
    }
  }

  /** The attempt said nothing of the endpoint: the client left, or the request was at fault. */
  dropped(pass: Pass): void {
    if (pass.probe && pass.era === this.#era) this.#probing = false;
  }

  #hasTripped(nowMs: number): boolean {
    if (this.#streak >= BREAKER_MIN_SAMPLE) return true;
    const { ok, failed } = this.#sample.sum(nowMs);
    return ok + failed >= BREAKER_MIN_SAMPLE && failed >= BREAKER_THRESHOLD * (ok + failed);
  }

  #trip(nowMs: number): void {
    const again = this.#open || nowMs - this.#closedAt < BREAKER_RELAPSE_MS;
    this.#openMs = again ? Math.min(this.#openMs * 2, BREAKER_MAX_OPEN_MS) : BREAKER_OPEN_MS;
    this.#openUntil = nowMs + this.#openMs;
    this.#open = true;
    this.#turnOver();
  }

  #close(nowMs: number): void {
    this.#open = false;
    this.#closedAt = nowMs;
    // What it was opened for is over; counted on, a single new failure would open it again.
    this.#sample.clear();
    this.#streak = 0;
    this.#turnOver();
  }

  #turnOver(): void {
    this.#era += 1;
    this.#probing = false;
  }
}
