import {
  Answer,
  bodySlot,
  ChunkStream,
  emptyFacts,
  exchangeSlot,
  noteChunk,
  routeSlot,
  type Candidate,
  type Chunk,
  type Exchange,
  type GatewayError,
} from '@onerouter/core';
import type { NextFunction, Request, Response } from 'express';

const BASE = { id: 'up-1', object: 'chat.completion.chunk', created: 17, model: 'writer-up' };
export const USAGE: Readonly<Record<string, number>> = {
  prompt_tokens: 9,
  completion_tokens: 2,
  total_tokens: 11,
};

/** A whole answer, as a provider sends it. */
export const WHOLE: { choices: object[]; [field: string]: unknown } = {
  id: 'up-1',
  object: 'chat.completion',
  created: 17,
  model: 'writer-up',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: USAGE,
};

/** One upstream call that the test conducts. */
export class Call {
  readonly exchange: Exchange;
  readonly stream: ChunkStream;
  readonly answer: Answer;
  readonly candidate: Candidate;
  readonly #next: NextFunction;
  /** How often others have joined, and have let go. */
  readonly joined: Counter = new Counter();
  readonly released: Counter = new Counter();
  readonly cancelled: Counter = new Counter();

  constructor(req: Request, res: Response, next: NextFunction) {
    this.exchange = exchangeSlot.get(req);
    this.exchange.takeOver();
    const [candidate] = routeSlot.get(req).candidates;
    if (!candidate) throw new Error('no candidate');
    this.candidate = candidate;
    this.answer = new Answer(this.exchange, res, { includeUsage: bodySlot.get(req).facts.includeUsage });
    this.stream = new ChunkStream(this.answer.owned(candidate));
    this.#next = next;
    this.#watchHolds();
    this.exchange.onAbandoned(() => {
      void this.answer.cancel(this.stream.facts, candidate).then(() => this.cancelled.add());
    });
  }

  event(chunk: object): boolean {
    const text = `data: ${JSON.stringify({ ...BASE, ...chunk })}\n\n`;
    return this.answer.write(this.stream.push(Buffer.from(text)), this.stream.facts);
  }

  say(content: string): boolean {
    return this.event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
  }

  async end(): Promise<void> {
    this.event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    this.event({ choices: [], usage: USAGE });
    await this.answer.finish(this.stream.facts, this.candidate);
  }

  async send(body: object): Promise<void> {
    const facts = emptyFacts();
    noteChunk(facts, body as Chunk);
    await this.answer.send(Buffer.from(JSON.stringify(body)), facts, this.candidate);
  }

  refuse(error: GatewayError): void {
    this.#next(error);
  }

  async breakOff(error: GatewayError): Promise<void> {
    await this.answer.fail(error, this.stream.facts, this.candidate);
  }

  #watchHolds(): void {
    const { exchange } = this;
    const hold = exchange.hold.bind(exchange);
    exchange.hold = () => {
      const letGo = hold();
      this.joined.add();
      let held = true;
      return () => {
        letGo();
        if (held) this.released.add();
        held = false;
      };
    };
  }
}

/** Counts, and lets a test wait for a count. */
export class Counter {
  count = 0;
  #waiting: { n: number; resolve: () => void }[] = [];

  add(): void {
    this.count += 1;
    for (const one of this.#waiting) if (one.n <= this.count) one.resolve();
  }

  reach(n: number): Promise<void> {
    if (this.count >= n) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ n, resolve });
    });
  }
}
