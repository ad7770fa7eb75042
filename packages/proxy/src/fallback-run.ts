import { emptyFacts, type Candidate } from '@onerouter/core';
import { Attempt } from './attempt/attempt.ts';
import type { AttemptEnd } from './attempt/context.ts';
import { exhaustedError, type ProviderFailure } from './exhausted.ts';
import { FAILURES, type Failure } from './failure.ts';
import type { FallbackContext } from './fallback-context.ts';
import { hedge, wastedUsd, type Played } from './hedge.ts';
import { planRound, type FailedCandidate } from './rounds.ts';
import { takeTurns, type Turn } from './turns.ts';
import { Wait } from './wait.ts';

/** The attempts of one exchange. */
export class Fallback {
  readonly #context: FallbackContext;
  readonly #deadlineAtMs: number;
  readonly #failures: ProviderFailure[] = [];
  readonly #failed = new Map<Candidate, FailedCandidate>();
  #attempts = 0;
  #minContext = 0;
  readonly #running = new Map<Candidate, Attempt>();
  #won: Candidate | undefined;
  #wait: Wait | undefined;

  constructor(context: FallbackContext) {
    this.#context = context;
    this.#deadlineAtMs = performance.now() + context.limits.deadlineMs;
  }

  async run(candidates: readonly Candidate[]): Promise<void> {
    const { limits, body, answer, exchange } = this.#context;
    const commentMs = body.facts.stream ? limits.commentMs : undefined;
    this.#wait = new Wait(limits.deadlineMs, () => this.#deadlinePassed(), answer, commentMs);
    let ended: boolean;
    try {
      ended = await this.#try(candidates);
    } finally {
      this.#wait.end();
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
    const turns = takeTurns(candidates, this.#context.health);
    for (let turn = this.#next(turns); turn; turn = this.#next(turns)) {
      const taken = [turn];
      const second = (): Turn | undefined => {
        const next = this.#next(turns);
        if (next) taken.push(next);
        return next;
      };
      try {
        for (const played of await this.#play(turn, second)) {
          const verdict = this.#judge(played);
          if (verdict !== 'go on') return verdict;
        }
      } finally {
        // A trial that is never ended would keep others from probing.
        for (const { trial } of taken) trial.dropped();
      }
    }
    return 'all failed';
  }

  /** The next turn whose context is large enough. */
  #next(turns: Iterator<Turn, void, undefined>): Turn | undefined {
    for (let next = turns.next(); !next.done; next = turns.next()) {
      const { candidate, trial } = next.value;
      if ((candidate.endpoint.contextLength ?? Infinity) > this.#minContext) return next.value;
      trial.dropped();
    }
    return undefined;
  }

  async #play(first: Turn, second: () => Turn | undefined): Promise<readonly Played[]> {
    const play = ({ candidate }: Turn): Promise<AttemptEnd | undefined> => this.#ask(candidate);
    const delayMs = this.#hedgeAfterMs(first.candidate);
    if (delayMs === undefined) return [{ turn: first, end: await play(first) }];
    return hedge({
      first,
      second,
      delayMs,
      play,
      loseOthers: ({ candidate }) => this.#loseOthers(candidate),
    });
  }

  #hedgeAfterMs({ endpoint }: Candidate): number | undefined {
    return this.#context.body.json.provider?.hedge_after_ms ?? endpoint.provider.hedgeAfterMs;
  }

  /** Nothing of the others has reached the client, and nothing will. */
  #loseOthers(winner: Candidate): void {
    this.#won = winner;
    for (const [candidate, attempt] of this.#running) {
      if (candidate !== winner) attempt.lose(wastedUsd(candidate, this.#context.body.facts));
    }
  }

  /** Asks one candidate, with each of its keys while they are refused. @returns `undefined` when it may not be asked */
  async #ask(candidate: Candidate): Promise<AttemptEnd | undefined> {
    let end: AttemptEnd | undefined;
    for (const apiKey of keysOf(candidate)) {
      if (this.#spent || (this.#won && this.#won !== candidate)) return end;
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
      onCommit: () => {
        this.#wait?.end();
        this.#loseOthers(candidate);
      },
    };
    const end = await Attempt.run(context, (attempt) => this.#running.set(candidate, attempt)).finally(() =>
      this.#running.delete(candidate),
    );
    if (end.kind === 'failed') this.#failures.push({ provider: provider.name, failure: end.failure });
    return end;
  }

  #judge({ turn: { candidate, trial }, end }: Played): 'go on' | 'ended' | 'stopped' {
    const { record } = this.#context.exchange;
    if (!end) return 'stopped';
    if (end.kind === 'lost') return 'go on';
    if (end.kind === 'failed') {
      trial.failed(end.failure);
      return this.#noteFailure(candidate, end.failure);
    }
    if (end.kind === 'broken') trial.failed(BROKEN);
    if (end.kind === 'answered') {
      trial.answered(record.attempts.at(-1)?.latencyMs ?? null, record.tokensPerSecond);
    }
    return 'ended';
  }

  #noteFailure(candidate: Candidate, failure: Failure): 'go on' | 'stopped' {
    this.#failed.set(candidate, { candidate, failure, failedAtMs: performance.now() });
    const { next } = FAILURES[failure.type];
    if (next === 'larger') this.#minContext = candidate.endpoint.contextLength ?? Infinity;
    return next === 'stop' ? 'stopped' : 'go on';
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

  #deadlinePassed(): void {
    for (const attempt of this.#running.values()) attempt.fail('deadline_exceeded');
  }
}

const BROKEN: Failure = { type: 'stream_cut', status: 200 };

function keysOf(candidate: Candidate): readonly (string | undefined)[] {
  const { apiKeys } = candidate.endpoint.provider;
  return apiKeys.length === 0 ? NO_KEY : apiKeys;
}

const NO_KEY = [undefined];
