import {
  emptyFacts,
  endOfStream,
  endWithError,
  exchangeSlot,
  bodySlot,
  STREAM_HEADERS,
  wholeBody,
  sendJson,
  type Exchange,
  type GatewayError,
} from '@onerouter/core';
import type { Request, Response } from 'express';
import type { OwnedAnswer } from './run.ts';
import type { Recorded } from './recorded.ts';

/** Says that an answer was given before, or to another request, too. */
export const REPLAYED_HEADER = 'Idempotency-Replayed';

/**
 * Gives a request another one's answer, under the id of the generation it came from. Its own exchange ends without a
 * record and without a charge.
 */
export class Replay {
  readonly exchange: Exchange;
  readonly #res: Response;
  readonly #includeUsage: boolean;

  constructor(req: Request, res: Response) {
    this.exchange = exchangeSlot.get(req);
    this.#includeUsage = bodySlot.get(req).facts.includeUsage;
    this.#res = res;
  }

  get begun(): boolean {
    return this.#res.headersSent;
  }

  /** Sends events, as latin1 text. */
  write(generationId: string, events: string): void {
    this.#beginStream(generationId);
    // Not held back for a slow client: what waits is the capture's own text, which has a limit.
    if (!this.#gone()) this.#res.write(events, 'latin1');
  }

  /** Sends what is left of a stream, or a whole answer. */
  async finish(recorded: Recorded, answer: OwnedAnswer): Promise<void> {
    await this.exchange.settle({ status: 'complete', facts: emptyFacts(), candidate: undefined });
    if (this.#gone()) return;
    if (recorded.form === 'stream') {
      const { begun } = this;
      this.#beginStream(answer.record.id);
      const events = begun ? '' : recorded.bytes.toString('latin1');
      this.#res.end(events + endOfStream(answer, this.#includeUsage), 'latin1');
      return;
    }
    const text = wholeBody(recorded.bytes, answer);
    this.#own(answer.record.id);
    sendJson(this.#res, text);
  }

  /** Ends a stream that has begun and will not be completed. */
  async breakOff(generationId: string, error: GatewayError): Promise<void> {
    const facts = emptyFacts();
    await this.exchange.settle({ status: 'failed', facts, candidate: undefined, error });
    if (this.#gone()) return;
    const record = { ...this.exchange.record, id: generationId };
    this.#res.end(
      endWithError({ record, charged: undefined, facts, owned: undefined }, error.toBody()),
      'latin1',
    );
  }

  /** The client has left. */
  async cancel(): Promise<void> {
    await this.exchange.settle({ status: 'cancelled', facts: emptyFacts(), candidate: undefined });
  }

  #beginStream(generationId: string): void {
    if (this.begun || this.#gone()) return;
    this.#own(generationId);
    this.#res.writeHead(200, STREAM_HEADERS);
  }

  #own(generationId: string): void {
    this.#res.setHeader('X-Generation-Id', generationId);
    this.#res.setHeader(REPLAYED_HEADER, 'true');
  }

  #gone(): boolean {
    return this.#res.destroyed || this.#res.writableEnded;
  }
}
