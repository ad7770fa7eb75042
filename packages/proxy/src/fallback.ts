import { Answer, bodySlot, exchangeSlot, routeSlot, type Candidate } from '@onerouter/core';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Limits } from './fallback-context.ts';
import { Fallback } from './fallback-run.ts';
import { EndpointHealthBook } from './health/endpoint-health-book.ts';
import { DEFAULT_ROUNDS } from './rounds.ts';
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
  /**
   * How often the candidates are gone through. Further rounds ask those again whose failure may pass, after a back-off,
   * as long as attempts and time are left. @default 1
   */
  readonly rounds?: number;
  /** @default 10000 */
  readonly commentMs?: number;
  /** Connections to providers; share one among proxies, and close it in the end. @default a set of its own */
  readonly upstreams?: Upstreams;
  /** What is known of endpoints; share it with whatever orders them. @default a book of its own */
  readonly health?: EndpointHealthBook;
  /** Source of random numbers from 0 to below 1, for the jitter of back-offs. @default Math.random */
  readonly random?: () => number;
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
    rounds: options.rounds ?? DEFAULT_ROUNDS,
    random: options.random ?? Math.random,
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
