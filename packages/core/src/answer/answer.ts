import type { ServerResponse } from 'node:http';
import type { Candidate } from '../catalogue.ts';
import type { GatewayError } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import { ChunkedWriter } from './chunked-writer.ts';
import type { AnswerFacts } from './facts.ts';
import { sendJson } from './send-json.ts';
import { endOfStream, endWithError, STREAM_HEADERS, wholeBody, type EndedAnswer } from './last-bytes.ts';
import type { OwnedFields } from '../dialect.ts';

/** A client that takes nothing for this long has left, though its connection stands. */
export const STALLED_CLIENT_MS = 60_000;

export interface AnswerOptions {
  /** Whether the stream ends with a usage chunk. */
  readonly includeUsage: boolean;
  /** @default 60000 */
  readonly stalledClientMs?: number;
}

/**
 * The answer on its way to the client, and the only writer of the response. A source (a provider, the cache, a running
 * twin) hands it events or a whole body; it settles the exchange before the last bytes leave.
 */
export class Answer {
  readonly #exchange: Exchange;
  readonly #res: ServerResponse;
  readonly #writer: ChunkedWriter;
  readonly #includeUsage: boolean;
  readonly #stalledMs: number;

  constructor(exchange: Exchange, res: ServerResponse, options: AnswerOptions) {
    this.#exchange = exchange;
    this.#res = res;
    this.#writer = new ChunkedWriter(res);
    this.#includeUsage = options.includeUsage;
    this.#stalledMs = options.stalledClientMs ?? STALLED_CLIENT_MS;
  }

  /** Whether a status has gone out, so that an error can only be an event. */
  get begun(): boolean {
    return this.#res.headersSent;
  }

  /** What the client shall see as its answer's origin. */
  owned(candidate: Candidate): OwnedFields {
    return {
      id: this.#exchange.id,
      model: candidate.model.id,
      provider: candidate.endpoint.provider.name,
    };
  }

  /** Sends the head of a stream, once. */
  begin(): void {
    if (this.#res.headersSent || this.#gone()) return;
    this.#res.writeHead(200, STREAM_HEADERS);
  }

  /** Sends a comment, which clients ignore, so that nobody on the way gives up waiting. */
  comment(text: string): void {
    this.begin();
    if (!this.#gone()) this.#writer.write(`: ${text}\n\n`);
  }

  /**
   * Sends events.
   *
   * @param events latin1 text of whole events
   * @returns false when the client is slower than the source; wait for {@link drained}
   */
  write(events: string, facts: AnswerFacts): boolean {
    if (events === '') return true;
    if (facts.output) this.#exchange.noteFirstOutput();
    this.#exchange.noteChunk(events, facts);
    if (this.#gone()) return true;
    this.begin();
    return this.#writer.write(events);
  }

  /** Calls back when the client has taken what was written, has left, or has taken nothing for too long. */
  drained(then: () => void): void {
    const res = this.#res;
    const finish = (): void => {
      clearTimeout(timer);
      undrain();
      res.off('close', finish);
      then();
    };
    const timer = setTimeout(() => {
      this.#exchange.clientLeft();
      res.destroy();
      finish();
    }, this.#stalledMs);
    const undrain = this.#writer.onDrain(finish);
    res.on('close', finish);
  }

  /** Ends a stream that is whole: settles, then sends usage (where asked) and the end mark. */
  async finish(facts: AnswerFacts, candidate: Candidate): Promise<void> {
    await this.#exchange.settle({ status: this.#endStatus(), facts, candidate });
    if (this.#gone()) return;
    this.begin();
    this.#res.end(endOfStream(this.#ended(facts, candidate), this.#includeUsage), 'latin1');
  }

  /** Sends a whole answer: settles, then sends it with the gateway's fields. */
  async send(body: Buffer, facts: AnswerFacts, candidate: Candidate): Promise<void> {
    if (facts.output) this.#exchange.noteFirstOutput();
    this.#exchange.noteChunk(body, facts);
    await this.#exchange.settle({ status: this.#endStatus(), facts, candidate });
    if (this.#gone()) return;
    const text = wholeBody(body, { ...this.#ended(facts, candidate), owned: this.owned(candidate) });
    sendJson(this.#res, text);
  }

  /**
   * Ends a stream that has begun and cannot be completed: settles, then sends an error event and the end mark. Nothing in
   * such a stream looks like a clean finish.
   */
  async fail(error: GatewayError, facts: AnswerFacts, candidate: Candidate | undefined): Promise<void> {
    await this.#exchange.settle({ status: facts.output ? 'truncated' : 'failed', facts, candidate, error });
    if (this.#gone()) return;
    this.begin();
    this.#res.end(endWithError(this.#ended(facts, candidate), error.toBody()), 'latin1');
  }

  /** Ends an exchange whose client has left: settles what was generated for it. */
  async cancel(facts: AnswerFacts, candidate: Candidate | undefined): Promise<void> {
    await this.#exchange.settle({ status: 'cancelled', facts, candidate });
    if (!this.#res.destroyed) this.#res.destroy();
  }

  #ended(facts: AnswerFacts, candidate: Candidate | undefined): EndedAnswer {
    const { charged, record } = this.#exchange;
    return { record, charged, facts, owned: candidate && this.owned(candidate) };
  }

  #endStatus(): 'complete' | 'cancelled' {
    return this.#exchange.clientGone ? 'cancelled' : 'complete';
  }

  #gone(): boolean {
    return this.#exchange.clientGone || this.#res.destroyed || this.#res.writableEnded;
  }
}
