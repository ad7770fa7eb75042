import type { Failure } from './failure.ts';
import { FAILURES } from './failure.ts';

/** Failures older than this say nothing of now. */
export const OUTAGE_WINDOW_MS = 30_000;
/** A single failure is no outage. */
export const MIN_FAILURES = 2;
/** How long a busy endpoint is left alone that names no time. */
export const DEFAULT_COOLDOWN_MS = 5_000;
/** How long an endpoint is left alone that refuses our key or lacks the model. */
export const MISCONFIGURED_COOLDOWN_MS = 60_000;
/** How much the newest measurement moves the running average. */
const SMOOTHING = 0.2;

interface EndpointHealth {
  windowStart: number;
  ok: number;
  failed: number;
  coolUntil: number;
  latencyMs: number | undefined;
  throughput: number | undefined;
}

/** What this process has seen of each endpoint, by endpoint id. Survives reloads of the catalogue. */
export class EndpointHealthBook {
  readonly #byId = new Map<string, EndpointHealth>();
  readonly #now: () => number;

  /** @param now milliseconds; injectable for tests. @default performance.now */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether there is no significant failure in the last 30 s, and nobody asked to be left alone. */
  healthy(endpointId: string): boolean {
    const health = this.#byId.get(endpointId);
    if (!health) return true;
    const now = this.#now();
    if (now < health.coolUntil) return false;
    if (now - health.windowStart > OUTAGE_WINDOW_MS) return true;
    return health.failed < MIN_FAILURES || health.failed <= health.ok;
  }

  /** Running average of the time to first output, or `undefined` before the first answer. */
  latencyMs(endpointId: string): number | undefined {
    return this.#byId.get(endpointId)?.latencyMs;
  }

  /** Running average of completion tokens a second. */
  throughput(endpointId: string): number | undefined {
    return this.#byId.get(endpointId)?.throughput;
  }

  noteAnswer(endpointId: string, latencyMs: number | null): void {
    const health = this.#window(endpointId);
    health.ok += 1;
    if (latencyMs !== null) health.latencyMs = average(health.latencyMs, latencyMs);
  }

  noteThroughput(endpointId: string, tokensPerSecond: number): void {
    const health = this.#window(endpointId);
    health.throughput = average(health.throughput, tokensPerSecond);
  }

  noteFailure(endpointId: string, failure: Failure): void {
    const { blame } = FAILURES[failure.type];
    if (blame === 'none') return;
    const health = this.#window(endpointId);
    if (blame === 'counts') health.failed += 1;
    const coolMs =
      blame === 'misconfigured'
        ? MISCONFIGURED_COOLDOWN_MS
        : blame === 'rate-limited'
          ? DEFAULT_COOLDOWN_MS
          : 0;
    const wait = Math.max(failure.retryAfterMs ?? coolMs, blame === 'misconfigured' ? coolMs : 0);
    // Extended, never shortened: the longest wait that was asked for holds.
    health.coolUntil = Math.max(health.coolUntil, this.#now() + wait);
  }

  #window(endpointId: string): EndpointHealth {
    const now = this.#now();
    let health = this.#byId.get(endpointId);
    if (!health) {
      health = {
        windowStart: now,
        ok: 0,
        failed: 0,
        coolUntil: 0,
        latencyMs: undefined,
        throughput: undefined,
      };
      this.#byId.set(endpointId, health);
    } else if (now - health.windowStart > OUTAGE_WINDOW_MS) {
      health.windowStart = now;
      health.ok = 0;
      health.failed = 0;
    }
    return health;
  }
}

function average(before: number | undefined, value: number): number {
  return before === undefined ? value : before + SMOOTHING * (value - before);
}
