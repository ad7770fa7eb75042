import { GatewayError, warningLog, type Generation, type Log } from '@onerouter/core';
import type { Request, RequestHandler } from 'express';
import { Budget } from './capture.ts';
import { follow } from './follow.ts';
import type { Claim, EarlierClaim, IdempotencyStore } from './idempotency-store.ts';
import { contextOf, lead, reportDrop } from './lead.ts';
import { memoryIdempotencyStore } from './memory-idempotency-store.ts';
import { unpack, type Recorded } from './recorded.ts';
import { mismatch, notKept, runningElsewhere, storeAway } from './refusals.ts';
import { Replay } from './replay.ts';
import { Run, type OwnedAnswer } from './run.ts';
import { unseal } from './seal.ts';
import { bearerToken, readTicket, type Ticket } from './ticket.ts';
import { judge } from './verdict.ts';

/** A day. */
export const DEFAULT_TTL_MS = 86_400_000;
/** 1 MiB. */
export const DEFAULT_MAX_ANSWER_BYTES: number = 1024 * 1024;
/** 64 MiB. */
export const DEFAULT_MAX_IN_FLIGHT_BYTES: number = 64 * 1024 * 1024;

export interface IdempotencyOptions {
  /** Finds records of exchanges, running ones included: they say what has become of a claim, and what was charged. */
  readonly generations: { find(accountId: string, id: string): Promise<Generation | undefined> };
  /** Where claims and sealed answers are kept. @default memoryIdempotencyStore(), in this process alone */
  readonly store?: IdempotencyStore;
  /** How long an answer is given again, in milliseconds. @default 86400000, a day */
  readonly ttlMs?: number;
  /** Answers longer than this, in bytes, are not kept. @default 1048576 (1 MiB) */
  readonly maxAnswerBytes?: number;
  /** Bytes that the answers under way may take together; what comes on top is not kept. @default 67108864 (64 MiB) */
  readonly maxInFlightBytes?: number;
  /** The API key in the clear, which answers are sealed with. @default the bearer token */
  readonly secret?: (req: Request) => string;
  /** Where failures are reported. @default process warnings */
  readonly log?: Log;
}

/**
 * Answers a request that repeats an `Idempotency-Key` with the answer of the first one, or lets it wait for that one
 * while it runs. An exchange with a key is not ended when its client leaves, since the client may come back for it.
 *
 * Mount it behind what authenticates and reads a request, and before what reserves.
 *
 * Raises (as `next(error)`) `invalid_request` 400 for a malformed key; `conflict` 409 with `metadata.reason`: `mismatch`
 * for another body under the key, `running` (with `Retry-After`) when another process is at it, `not_kept` when the answer
 * was too long; `unavailable` 503 when the store fails.
 *
 * @throws {RangeError} when a limit is negative or no integer
 */
export function idempotency(options: IdempotencyOptions): RequestHandler {
  const {
    generations,
    store = memoryIdempotencyStore(),
    ttlMs = DEFAULT_TTL_MS,
    maxAnswerBytes = DEFAULT_MAX_ANSWER_BYTES,
    maxInFlightBytes = DEFAULT_MAX_IN_FLIGHT_BYTES,
    secret = bearerToken,
    log = warningLog,
  } = options;
  for (const [name, value] of Object.entries({ ttlMs, maxAnswerBytes, maxInFlightBytes })) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`${name} must be an integer from 0 on, not ${value}.`);
    }
  }
  const runs = new Map<string, Run>();
  const budget = new Budget(maxInFlightBytes);

  return async function idempotency(req, res, next) {
    const ticket = readTicket(req, secret);
    if (!ticket) return next();
    const replay = new Replay(req, res);
    const id = `${ticket.account} ${ticket.name}`;
    for (let run = runs.get(id); run; run = runs.get(id)) {
      // One that did not get the claim is no longer there.
      if (!(await run.leading)) continue;
      if (run.tag !== ticket.tag) throw mismatch();
      if ((await follow(run, replay)) === 'answered') return;
    }
    const run = new Run(replay.exchange.id, ticket.tag, maxAnswerBytes, budget);
    runs.set(id, run);
    const end = (): void => {
      if (runs.get(id) === run) runs.delete(id);
      run.decide(false);
    };
    if (await begin(ticket, run, replay, end)) next();
  };

  /** @returns whether the request has to be answered by what follows */
  async function begin(ticket: Ticket, run: Run, replay: Replay, end: () => void): Promise<boolean> {
    const { exchange } = replay;
    const { account, name, tag } = ticket;
    const claim: Claim = { account, name, tag, generationId: exchange.id };
    let kept: Kept | undefined;
    try {
      kept = await admit(ticket, claim);
    } catch (err) {
      end();
      throw err instanceof GatewayError ? err : storeAway(err);
    }
    if (kept) {
      end();
      exchange.takeOver();
      await replay.finish(kept.recorded, kept.answer);
      return false;
    }
    if (exchange.settled || exchange.clientGone) {
      // It left before anything began.
      await store.drop(claim).catch((err: unknown) => reportDrop(log, err, exchange.id));
      end();
      await replay.cancel();
      return false;
    }
    lead({ run, ticket, claim, exchange, store, ttlMs, log, end });
    run.decide(true);
    return true;
  }

  /** @returns the answer to give again, or `undefined` when the key is claimed now */
  async function admit(ticket: Ticket, claim: Claim, again = true): Promise<Kept | undefined> {
    const earlier = await store.claim(claim, ttlMs);
    if (!earlier) return undefined;
    const generation = await generations.find(ticket.account, earlier.generationId);
    const verdict = judge(earlier, generation);
    if (verdict === 'free') {
      if (await store.takeOver(claim, earlier, ttlMs)) return undefined;
      throw runningElsewhere();
    }
    if (earlier.tag !== ticket.tag) throw mismatch();
    if (verdict === 'running') throw runningElsewhere();
    // It may have ended between the two looks.
    if (earlier.answer === 'none' && again) return admit(ticket, claim, false);
    const kept = generation && open(earlier, generation, ticket);
    if (!kept) throw notKept();
    return kept;
  }
}

/** An answer to give again. */
interface Kept {
  readonly recorded: Recorded;
  readonly answer: OwnedAnswer;
}

function open({ answer }: EarlierClaim, generation: Generation, ticket: Ticket): Kept | undefined {
  if (!Buffer.isBuffer(answer)) return undefined;
  const packed = unseal(answer, ticket.sealingKey, contextOf(ticket.account, generation.id));
  if (!packed) return undefined;
  const recorded = unpack(packed);
  const { id, model, provider, cost, lines, discount } = generation;
  const owned = { id, model, provider };
  return {
    recorded,
    answer: { record: generation, charged: { cost, lines, discount }, facts: recorded.facts, owned },
  };
}
