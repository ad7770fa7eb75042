import {
  Answer,
  bodySlot,
  emptyFacts,
  exchangeSlot,
  routeSlot,
  type Candidate,
  type Exchange,
  type RequestBody,
} from '@onerouter/core';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { Attempt } from './attempt/attempt.ts';
import type { AttemptEnd } from './attempt/context.ts';
import { exhaustedError, type ProviderFailure } from './exhausted.ts';
import { FAILURES, type Failure } from './failure.ts';
import { EndpointHealthBook } from './health.ts';
import { Upstreams } from './upstreams.ts';

/** Over all attempts, until output begins (in a stream) or the body is whole. */
export const DEFAULT_DEADLINE_MS = 600_000;
export const DEFAULT_MAX_ATTEMPTS = 6;
/** A stream without output for this long gets a comment, and another each time as much passes. */
export const DEFAULT_COMMENT_MS = 10_000;

export interface FallbackProxyOptions {
  /** Whom to try, in order. @default what `resolveModel()` found */
  readonly candidates?: readonly Candidate[] | ((req: IncomingMessage) => readonly Candidate[]);
  /** @default 600000 */
  readonly deadlineMs?: number;
  /** @default 6 */
  readonly maxAttempts?: number;
  /** @default 10000 */
  readonly commentMs?: number;
  /** Connections to providers; share one among proxies, and close it in the end. @default a set of its own */
  readonly upstreams?: Upstreams;
  /** What is known of endpoints; share it with whatever orders them. @default a book of its own */
  readonly health?: EndpointHealthBook;
}

/**
 * Answers the request from the first candidate that does. Another is tried as long as nothing of an answer has reached
 * the client; from the first output on, a failure ends the answer with an error and never switches provider.
 *
 * Failures: as in {@link FAILURES}. Raises {@link GatewayError}s whose `metadata.previous_errors` lists what was tried.
 */
export function fallbackProxy(options: FallbackProxyOptions = {}): RequestHandler {
  const { candidates, upstreams = new Upstreams(), health = new EndpointHealthBook() } = options;
  const limits: Limits = {
    deadlineMs: options.deadlineMs ?? DEFAULT_DEADLINE_MS,
    maxAttempts: options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
    commentMs: options.commentMs ?? DEFAULT_COMMENT_MS,
  };
  const find =
    typeof candidates === 'function' ? candidates : (): readonly Candidate[] | undefined => candidates;
  return async function fallbackProxy(req, res) {
    const exchange = exchangeSlot.get(req);
    const body = bodySlot.get(req);
    exchange.takeOver();
    const answer = new Answer(exchange, res, { includeUsage: body.facts.includeUsage });
    const list = find(req) ?? routeSlot.get(req).candidates;
    await new Fallback({ exchange, body, answer, upstreams, health, limits }).run(list);
  };
}

interface Limits {
  readonly deadlineMs: number;
  readonly maxAttempts: number;
  readonly commentMs: number;
}

interface FallbackContext {
  readonly exchange: Exchange;
  readonly body: RequestBody;
  readonly answer: Answer;
  readonly upstreams: Upstreams;
  readonly health: EndpointHealthBook;
  readonly limits: Limits;
}

/** The attempts of one exchange. */
class Fallback {
  readonly #context: FallbackContext;
  readonly #failures: ProviderFailure[] = [];
  #current: Attempt | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #comments: NodeJS.Timeout | undefined;

  constructor(context: FallbackContext) {
    this.#context = context;
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
    const { exchange, limits } = this.#context;
    let attempts = 0;
    let minContext = 0;
    for (const candidate of candidates) {
      if ((candidate.endpoint.contextLength ?? Infinity) <= minContext) continue;
      // A refused key is out for this request; the provider's next one may still do.
      for (const apiKey of keysOf(candidate)) {
        if (attempts >= limits.maxAttempts || exchange.abandoned) return false;
        attempts += 1;
        const end = await this.#attempt(candidate, apiKey);
        if (end.kind !== 'failed') return true;
        const { next } = FAILURES[end.failure.type];
        if (next === 'stop') return false;
        if (next === 'larger') minContext = candidate.endpoint.contextLength ?? Infinity;
        if (end.failure.type !== 'credentials_rejected') break;
      }
    }
    return false;
  }

  async #attempt(candidate: Candidate, apiKey: string | undefined): Promise<AttemptEnd> {
    const { exchange, answer, body, upstreams, health } = this.#context;
    const { provider, id } = candidate.endpoint;
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
    if (end.kind === 'failed') {
      this.#failures.push({ provider: provider.name, failure: end.failure });
      health.noteFailure(id, end.failure);
    } else if (end.kind === 'answered') {
      health.noteAnswer(id, exchange.record.attempts.at(-1)?.latencyMs ?? null);
      if (exchange.record.tokensPerSecond !== null)
        health.noteThroughput(id, exchange.record.tokensPerSecond);
    } else if (end.kind === 'broken') {
      health.noteFailure(id, BROKEN);
    }
    return end;
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
