import { emptyFacts, type Answer, type Candidate, type Exchange, type RequestBody } from '@onerouter/core';
import { Attempt } from './attempt/attempt.ts';
import type { AttemptEnd } from './attempt/context.ts';
import { exhaustedError, type ProviderFailure } from './exhausted.ts';
import { FAILURES, type Failure } from './failure.ts';
import type { EndpointHealthBook } from './health/endpoint-health-book.ts';
import type { Trial } from './health/trial.ts';
import { planRound, type FailedCandidate } from './rounds.ts';
import { takeTurns } from './turns.ts';
import type { Upstreams } from './upstreams.ts';

/** Bounds on what one exchange may take. */
export interface Limits {
  readonly deadlineMs: number;
  readonly maxAttempts: number;
  readonly rounds: number;
  readonly random: () => number;
  readonly commentMs: number;
}

export interface FallbackContext {
  readonly exchange: Exchange;
  readonly body: RequestBody;
  readonly answer: Answer;
  readonly upstreams: Upstreams;
  readonly health: EndpointHealthBook;
  readonly limits: Limits;
}

/** The attempts of one exchange. */
export class Fallback {
  readonly #context: FallbackContext;
  readonly #deadlineAtMs: number;
  readonly #failures: ProviderFailure[] = [];
  readonly #failed = new Map<Candidate, FailedCandidate>();
  #attempts = 0;
  #minContext = 0;
  #current: Attempt | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #comments: NodeJS.Timeout | undefined;

  constructor(context: FallbackContext) {
    this.#context = context;
    this.#deadlineAtMs = performance.now() + context.limits.deadlineMs;
  }

  async run(candidates: readonly Candidate[]): Promise<void> {
    const { limits, body, answer, exchange } = this.#context;
    this.#deadline = setTimeout(() => this.#current?.fail('deadline_exceeded'), limits.deadlineMs);
    if (body.facts.stream) {
      this.#comments = setInterval(() => answer.comment('ONEROUTER PROCESSING'), limits.commentMs);
    }
    let ended: boolean;
    try {
      ended = await this.#try(candidates);
    } finally {
      this.#committed();
    }
    if (ended) return;
    if (exchange.abandoned) return answer.cancel(emptyFacts(), undefined);
    const error = exhaustedError(this.#failures, exchange.record.attempts);
    if (!answer.begun) throw error;
    await answer.fail(error, emptyFacts(), undefined);
  }

  /** @returns whether an attempt has ended the exchange */
  async #try(candidates: readonly Candidate[]): Promise<boolean> {
    const { limits } = this.#context;
    let asked = candidates;
    for (let rounds = 1; ; rounds += 1) {
      const end = await this.#round(asked);
      if (end !== 'all failed') return end === 'ended';
      if (rounds >= limits.rounds || this.#spent) return false;
      const nowMs = performance.now();
      const times = { rounds, nowMs, deadlineAtMs: this.#deadlineAtMs, random: limits.random };
      const next = planRound([...this.#failed.values()], times);
      if (!next) return false;
      await this.#pause(next.waitMs);
      asked = next.candidates;
    }
  }

  async #round(candidates: readonly Candidate[]): Promise<'ended' | 'stopped' | 'all failed'> {
    for (const { candidate, trial } of takeTurns(candidates, this.#context.health)) {
      try {
        if ((candidate.endpoint.contextLength ?? Infinity) <= this.#minContext) continue;
        const end = await this.#ask(candidate);
        if (!end) return 'stopped';
        this.#judge(trial, end);
        if (end.kind !== 'failed') return 'ended';
        this.#failed.set(candidate, { candidate, failure: end.failure, failedAtMs: performance.now() });
        const { next } = FAILURES[end.failure.type];
        if (next === 'stop') return 'stopped';
        if (next === 'larger') this.#minContext = candidate.endpoint.contextLength ?? Infinity;
      } finally {
        // A trial that is never ended would keep others from probing.
        trial.dropped();
      }
    }
    return 'all failed';
  }

  /** Asks one candidate, with each of its keys while they are refused. @returns `undefined` when it may not be asked */
  async #ask(candidate: Candidate): Promise<AttemptEnd | undefined> {
    let end: AttemptEnd | undefined;
    for (const apiKey of keysOf(candidate)) {
      if (this.#spent) return end;
      this.#attempts += 1;
      end = await this.#attempt(candidate, apiKey);
      if (end.kind !== 'failed' || end.failure.type !== 'credentials_rejected') return end;
    }
    return end;
  }

  async #attempt(candidate: Candidate, apiKey: string | undefined): Promise<AttemptEnd> {
    const { exchange, answer, body, upstreams } = this.#context;
    const { provider } = candidate.endpoint;
    const context = {
      exchange,
      answer,
      body,
      candidate,
      apiKey,
      destination: upstreams.for(provider),
      onCommit: () => this.#committed(),
    };
    const end = await Attempt.run(context, (attempt) => {
      this.#current = attempt;
    });
    if (end.kind === 'failed') this.#failures.push({ provider: provider.name, failure: end.failure });
    return end;
  }

  #judge(trial: Trial, end: AttemptEnd): void {
    const { record } = this.#context.exchange;
    if (end.kind === 'failed') trial.failed(end.failure);
    else if (end.kind === 'broken') trial.failed(BROKEN);
    else if (end.kind === 'answered')
      trial.answered(record.attempts.at(-1)?.latencyMs ?? null, record.tokensPerSecond);
  }

  /** Whether no further attempt may be made. */
  get #spent(): boolean {
    const { exchange, limits } = this.#context;
    return this.#attempts >= limits.maxAttempts || exchange.abandoned;
  }

  /** Waits, unless the client leaves. */
  #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    const unsubscribe = this.#context.exchange.onAbandoned(resolve);
    return promise.finally(() => {
      clearTimeout(timer);
      unsubscribe();
    });
  }

  /** Output has begun, or nothing is left to try: the deadline and the comments have served. */
  #committed(): void {
    clearTimeout(this.#deadline);
    clearInterval(this.#comments);
  }
}

const BROKEN: Failure = { type: 'stream_cut', status: 200 };

function keysOf(candidate: Candidate): readonly (string | undefined)[] {
  const { apiKeys } = candidate.endpoint.provider;
  return apiKeys.length === 0 ? NO_KEY : apiKeys;
}

const NO_KEY = [undefined];
