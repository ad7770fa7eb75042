import {
  bodySlot,
  principalSlot,
  routeSlot,
  warningLog,
  type Log,
  type Outcome,
  type PerRequest,
} from '@onerouter/core';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { cacheKey } from './cache-key.ts';
import type { CacheStore, StoredAnswer } from './cache-store.ts';
import { Capture, CaptureBudget } from './capture.ts';
import type { Ending } from './ending.ts';
import { Flight } from './flight.ts';
import { formedFor } from './forms.ts';
import { readFreshness } from './freshness.ts';
import { memoryCacheStore } from './memory-cache-store.ts';
import { Reply } from './reply.ts';
import { StreamFollower } from './stream-follower.ts';
import { WholeFollower } from './whole-follower.ts';
import { whoAnswered } from './who-answered.ts';

/** Five minutes. */
export const DEFAULT_TTL_MS = 300_000;
/** 256 KiB. */
export const DEFAULT_MAX_ANSWER_BYTES: number = 256 * 1024;
/** 64 MiB. */
export const DEFAULT_MAX_IN_FLIGHT_BYTES: number = 64 * 1024 * 1024;

/** Ten seconds. */
export const DEFAULT_COMMENT_AFTER_MS = 10_000;

export interface PromptCacheOptions {
  /** Where answers are kept. @default memoryCacheStore() of 64 MiB */
  readonly store?: CacheStore;
  /** How long an answer is given out again, in milliseconds. @default 300000 */
  readonly ttlMs?: number;
  /** Answers longer than this, in bytes, are neither kept nor shared. @default 262144 (256 KiB) */
  readonly maxAnswerBytes?: number;
  /** Bytes that the answers under way may take together while they are recorded. @default 67108864 (64 MiB) */
  readonly maxInFlightBytes?: number;
  /**
   * A stream that waits for its running twin is sent a comment each time this has passed without output, in
   * milliseconds. @default 10000
   */
  readonly commentAfterMs?: number;
  /**
   * Among whom answers are shared; a request without one passes by the cache. @default the account of the principal
   */
  readonly tenant?: PerRequest<string | undefined>;
  /** Where failures of the store are reported. @default process warnings */
  readonly log?: Log;
}

/**
 * Answers a request that was answered before, or that is being answered right now, without another upstream call.
 *
 * Mount it behind what admits and meters a request, and before the source that answers it.
 *
 * @throws {RangeError} when a limit is negative or no integer
 */
export function promptCache(options: PromptCacheOptions = {}): RequestHandler {
  const {
    store = memoryCacheStore(),
    ttlMs = DEFAULT_TTL_MS,
    maxAnswerBytes = DEFAULT_MAX_ANSWER_BYTES,
    maxInFlightBytes = DEFAULT_MAX_IN_FLIGHT_BYTES,
    commentAfterMs = DEFAULT_COMMENT_AFTER_MS,
    tenant = accountOf,
    log = warningLog,
  } = options;
  for (const [name, value] of Object.entries({ ttlMs, maxAnswerBytes, maxInFlightBytes, commentAfterMs })) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`${name} must be an integer from 0 on, not ${value}.`);
    }
  }
  const flights = new Map<string, Flight>();
  const budget = new CaptureBudget(maxInFlightBytes);

  return async function promptCache(req, res, next) {
    const reply = new Reply(req, res);
    const { fresh, store: mayStore } = readFreshness(req.headers['cache-control']);
    const key = mayStore ? keyOf(req, res) : undefined;
    if (key === undefined) return next();
    if (!fresh) {
      const stored = await lookUp(key);
      if (stored && (await answerFrom(stored, key, reply, req))) return;
      const flight = flights.get(key);
      if (flight?.open && (await follow(flight, reply, req, commentAfterMs)) === 'answered') return;
    }
    lead(key, reply, next);
  };

  function keyOf(req: Request, res: Response): string | undefined {
    const owner = typeof tenant === 'function' ? tenant(req, res) : tenant;
    if (owner === undefined || owner === '') return undefined;
    const { facts, json } = bodySlot.get(req);
    return cacheKey(owner, facts.surface, json);
  }

  async function lookUp(key: string): Promise<StoredAnswer | undefined> {
    try {
      return await store.get(key);
    } catch (err) {
      log.warn({ err }, 'The prompt cache could not be read; the request is answered without it.');
      return undefined;
    }
  }

  function keep(key: string, answer: StoredAnswer): void {
    const leftMs = Math.ceil(answer.storedAt + ttlMs - Date.now());
    // Not awaited: an answer does not wait for the cache.
    void (async () => store.set(key, answer, leftMs))().catch((err: unknown) => {
      log.warn({ err }, 'An answer could not be put into the prompt cache.');
    });
  }

  /** @returns false when the stored answer cannot be used for this request */
  async function answerFrom(stored: StoredAnswer, key: string, reply: Reply, req: Request): Promise<boolean> {
    const candidate = whoAnswered(
      routeSlot.peek(req),
      ({ model, endpoint }) => model.id === stored.modelId && endpoint.id === stored.endpointId,
    );
    if (!candidate) return false;
    const formed = formedFor(reply.facts, stored);
    const answer = formed && reply.prepare(formed, candidate);
    if (!answer) {
      log.warn(
        { generation: stored.sourceId },
        'A stored answer is damaged; the request is answered without it.',
      );
      return false;
    }
    // The next client that wants this form finds it made.
    if (formed !== stored) keep(key, formed);
    reply.exchange.takeOver();
    reply.markHit(stored.sourceId);
    await answer();
    return true;
  }

  function lead(key: string, { exchange }: Reply, next: NextFunction): void {
    const flight = new Flight(exchange, new Capture(maxAnswerBytes, budget), (closed) => {
      if (flights.get(key) === closed) flights.delete(key);
    });
    if (!flights.get(key)?.open) flights.set(key, flight);
    exchange.observe({
      name: 'promptCache()',
      onChunk: (chunk) => flight.take(chunk),
      onSettle: (outcome: Outcome) => {
        const answer = flight.land(outcome);
        if (answer) keep(key, answer);
      },
    });
    next();
  }
}

async function follow(flight: Flight, reply: Reply, req: Request, commentAfterMs: number): Promise<Ending> {
  reply.exchange.takeOver();
  reply.markHit(flight.leader.id);
  const follower = reply.facts.stream
    ? new StreamFollower(reply, flight, routeSlot.peek(req), commentAfterMs)
    : new WholeFollower(reply, flight);
  const ending = await follower.ending;
  if (ending === 'alone') reply.markMiss();
  return ending;
}

function accountOf(req: Parameters<typeof principalSlot.peek>[0]): string | undefined {
  return principalSlot.peek(req)?.accountId;
}
