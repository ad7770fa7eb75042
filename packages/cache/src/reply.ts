import {
  Answer,
  exchangeSlot,
  bodySlot,
  type Candidate,
  type Exchange,
  type RequestFacts,
} from '@onerouter/core';
import type { Request, Response } from 'express';
import type { StoredAnswer } from './cache-store.ts';
import { formedFor, replay } from './forms.ts';

/** Tells the client whether its answer was made for it. */
export const CACHE_HEADER = 'X-OneRouter-Cache';

/** One exchange, and how the cache answers it. */
export class Reply {
  readonly exchange: Exchange;
  readonly facts: RequestFacts;
  readonly answer: Answer;
  readonly #res: Response;

  constructor(req: Request, res: Response) {
    this.exchange = exchangeSlot.get(req);
    this.facts = bodySlot.get(req).facts;
    this.answer = new Answer(this.exchange, res, { includeUsage: this.facts.includeUsage });
    this.#res = res;
    res.setHeader(CACHE_HEADER, 'miss');
  }

  /** From here on the exchange is answered from another one's answer. */
  markHit(sourceId: string): void {
    const { record } = this.exchange;
    record.cacheHit = true;
    record.cacheSourceId = sourceId;
    record.streamed = this.facts.stream;
    if (!this.#res.headersSent) this.#res.setHeader(CACHE_HEADER, 'hit');
  }

  /** It is not after all: the exchange makes its own call. */
  markMiss(): void {
    const { record } = this.exchange;
    record.cacheHit = false;
    record.cacheSourceId = null;
    if (!this.#res.headersSent) this.#res.setHeader(CACHE_HEADER, 'miss');
  }

  /**
   * Makes ready to answer with a whole answer, in the form that this client wants.
   *
   * @returns what answers, or `undefined` when the answer is damaged
   */
  prepare(stored: StoredAnswer, candidate: Candidate): (() => Promise<void>) | undefined {
    const facts = { ...stored.facts };
    const formed = formedFor(this.facts, stored);
    if (!formed) return undefined;
    if (!this.facts.stream) {
      const { whole } = formed;
      return whole && (() => this.answer.send(whole, facts, candidate));
    }
    const events = formed.events && replay(formed.events, this.answer.owned(candidate));
    if (events === undefined) return undefined;
    return () => {
      this.answer.write(events, facts);
      return this.answer.finish(facts, candidate);
    };
  }
}
