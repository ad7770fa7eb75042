import { FAILURES, type Failure } from '../failure.ts';
import { Breaker, type Pass } from './breaker.ts';
import { CountRing, type Counts } from './count-ring.ts';
import { PercentileRing, type Percentiles } from './percentile-ring.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Failures older than this say nothing of now, as far as the order is concerned. */
export const OUTAGE_WINDOW_MS = 30_000;
/** A single failure is no outage. */
export const MIN_FAILURES = 2;
/** How long a busy endpoint is left alone that names no time. */
export const DEFAULT_COOLDOWN_MS = 5_000;
/** How long an endpoint is left alone that refuses our key or lacks the model. */
export const MISCONFIGURED_COOLDOWN_MS = 60_000;
/** Fewer outcomes than this make no uptime. */
export const MIN_UPTIME_SAMPLE = 5;

/** How an endpoint has fared. Each part is `undefined` where there is too little to tell. */
export interface EndpointFigures {
  /** Time to the first output over 30 minutes, in milliseconds. */
  readonly latencyMs: Percentiles | undefined;
  /** Tokens a second over 30 minutes; `p90` is what nine of ten requests reach. */
  readonly throughput: Percentiles | undefined;
  /** Answered calls of all that were answered or failed, in percent; rate-limited ones do not count. */
  readonly uptime5m: number | undefined;
  readonly uptime30m: number | undefined;
  readonly uptime1d: number | undefined;
}

/** What is known of one endpoint, in a fixed amount of memory: at most about 20 KB. */
export class EndpointHealth {
  readonly breaker: Breaker = new Breaker();
  readonly latency5m: PercentileRing = latencyRing(5, 5);
  readonly throughput5m: PercentileRing = throughputRing(5, 5);
  readonly #latency30m = latencyRing(30, 6);
  readonly #throughput30m = throughputRing(30, 6);
  readonly #outage = new CountRing(OUTAGE_WINDOW_MS, 30);
  readonly #last5m = new CountRing(5 * MINUTE_MS, 30);
  readonly #last30m = new CountRing(30 * MINUTE_MS, 30);
  readonly #last1d = new CountRing(DAY_MS, 48);
  #coolUntil = 0;

  /** Whether there is no significant failure in the last 30 s, and it need not be left alone. */
  healthy(nowMs: number): boolean {
    if (this.shutForMs(nowMs) > 0) return false;
    const { ok, failed } = this.#outage.sum(nowMs);
    return failed < MIN_FAILURES || failed <= ok;
  }

  /** How long it is best left alone, because its breaker is open or because it asked for it. */
  shutForMs(nowMs: number): number {
    return Math.max(this.#coolUntil - nowMs, this.breaker.shutForMs(nowMs), 0);
  }

  /** Leave to try it, or `undefined` while others come first. */
  admit(nowMs: number): Pass | undefined {
    return nowMs < this.#coolUntil ? undefined : this.breaker.admit(nowMs);
  }

  answered(nowMs: number, pass: Pass, latencyMs: number | null, tokensPerSecond: number | null): void {
    this.#count(nowMs, true);
    this.breaker.answered(nowMs, pass);
    if (latencyMs !== null) {
      this.latency5m.add(nowMs, latencyMs);
      this.#latency30m.add(nowMs, latencyMs);
    }
    if (tokensPerSecond !== null) {
      this.throughput5m.add(nowMs, tokensPerSecond);
      this.#throughput30m.add(nowMs, tokensPerSecond);
    }
  }

  failed(nowMs: number, pass: Pass, failure: Failure): void {
    const { blame } = FAILURES[failure.type];
    if (blame === 'counts') {
      this.#count(nowMs, false);
      this.breaker.failed(nowMs, pass);
    } else {
      this.breaker.dropped(pass);
    }
    if (blame === 'none') return;
    // Extended, never shortened: the longest wait that was asked for holds.
    this.#coolUntil = Math.max(this.#coolUntil, nowMs + coolDownMs(failure));
  }

  figures(nowMs: number): EndpointFigures {
    return {
      latencyMs: this.#latency30m.figures(nowMs),
      throughput: this.#throughput30m.figures(nowMs),
      uptime5m: uptime(this.#last5m.sum(nowMs)),
      uptime30m: uptime(this.#last30m.sum(nowMs)),
      uptime1d: uptime(this.#last1d.sum(nowMs)),
    };
  }

  #count(nowMs: number, answered: boolean): void {
    for (const ring of [this.#outage, this.#last5m, this.#last30m, this.#last1d]) ring.add(nowMs, answered);
  }
}

function coolDownMs({ type, retryAfterMs }: Failure): number {
  switch (FAILURES[type].blame) {
    case 'misconfigured':
      return Math.max(retryAfterMs ?? 0, MISCONFIGURED_COOLDOWN_MS);
    case 'rate-limited':
      return retryAfterMs ?? DEFAULT_COOLDOWN_MS;
    default:
      return retryAfterMs ?? 0;
  }
}

function uptime({ ok, failed }: Counts): number | undefined {
  const total = ok + failed;
  return total < MIN_UPTIME_SAMPLE ? undefined : Number(((ok * 100) / total).toFixed(3));
}

function latencyRing(minutes: number, slots: number): PercentileRing {
  return new PercentileRing({ windowMs: minutes * MINUTE_MS, slots, smallest: 1, higherIsBetter: false });
}

function throughputRing(minutes: number, slots: number): PercentileRing {
  return new PercentileRing({ windowMs: minutes * MINUTE_MS, slots, smallest: 0.1, higherIsBetter: true });
}
