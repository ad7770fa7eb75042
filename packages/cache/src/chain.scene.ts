import {
  Answer,
  bodySlot,
  ChunkStream,
  emptyFacts,
  errorResponder,
  exchangeSlot,
  noteChunk,
  openExchange,
  principalSlot,
  readBody,
  routeSlot,
  SURFACE_PATHS,
  type Candidate,
  type Chunk,
  type Exchange,
  type GatewayError,
  type Outcome,
  type Principal,
  type Surface,
} from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import express, { type NextFunction, type Request, type Response } from 'express';
import { promptCache, type PromptCacheOptions } from './prompt-cache.ts';

const BASE = { id: 'up-1', object: 'chat.completion.chunk', created: 17, model: 'writer-up' };
export const USAGE: Readonly<Record<string, number>> = {
  prompt_tokens: 9,
  completion_tokens: 2,
  total_tokens: 11,
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

export interface Settled {
  readonly id: string;
  readonly outcome: Outcome;
  readonly cacheHit: boolean;
  readonly cacheSourceId: string | null;
}

/** The chain around the cache, with a provider that the test plays. */
export class Scene {
  readonly calls: Call[] = [];
  readonly settled: Settled[] = [];
  readonly arrived: Counter = new Counter();
  readonly ended: Counter = new Counter();
  candidates: readonly Candidate[] = [candidateNamed('alpha')];
  #server: TestServer | undefined;

  static async open(options: PromptCacheOptions = {}): Promise<Scene> {
    const scene = new Scene();
    const app = express();
    const cache = promptCache(options);
    for (const surface of ['chat', 'completions', 'embeddings'] as const) {
      app.post(
        SURFACE_PATHS[surface],
        openExchange({ surface }),
        (req, _res, next) => scene.#prepare(req, next),
        readBody({ surface }),
        cache,
        (req, res, next) => {
          scene.calls.push(new Call(req, res, next));
          scene.arrived.add();
        },
      );
    }
    app.use(errorResponder());
    scene.#server = await serve(app);
    return scene;
  }

  close(): Promise<void> {
    return this.#server?.close() ?? Promise.resolve();
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** The nth upstream call, once it has come. */
  async call(n = 1): Promise<Call> {
    await this.arrived.reach(n);
    const call = this.calls[n - 1];
    if (!call) throw new Error(`no call ${n}`);
    return call;
  }

  settlementOf(id: string | null): Settled | undefined {
    return this.settled.find((one) => one.id === id);
  }

  ask(body: object = {}, headers: Record<string, string> = {}, surface: Surface = 'chat'): Asked {
    return new Asked(`${this.url}${SURFACE_PATHS[surface]}`, { ...QUESTION, ...body }, headers);
  }

  #prepare(req: Request, next: NextFunction): void {
    const accountId = String(req.headers['x-account'] ?? 'ann');
    if (accountId !== 'nobody') principalSlot.set(req, { accountId } as Principal);
    routeSlot.set(req, { requested: 'acme/writer', candidates: this.candidates, excluded: [] });
    const exchange = exchangeSlot.get(req);
    exchange.observe({
      name: 'ledger',
      onSettle: (outcome) => {
        const { cacheHit, cacheSourceId } = exchange.record;
        const facts = { ...outcome.facts };
        this.settled.push({ id: exchange.id, outcome: { ...outcome, facts }, cacheHit, cacheSourceId });
        this.ended.add();
      },
    });
    next();
  }
}

export const QUESTION: Readonly<Record<string, unknown>> = {
  model: 'acme/writer',
  messages: [{ role: 'user', content: 'Say hello' }],
};

/** A client's call under way. */
export class Asked {
  readonly #controller = new AbortController();
  readonly response: Promise<globalThis.Response>;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #read = Buffer.alloc(0);

  constructor(url: string, body: object, headers: Record<string, string>) {
    this.response = fetch(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
      signal: this.#controller.signal,
    });
    this.response.catch(() => {});
  }

  leave(): void {
    this.#controller.abort();
  }

  async header(name: string): Promise<string | null> {
    return (await this.response).headers.get(name);
  }

  async id(): Promise<string | null> {
    return this.header('x-generation-id');
  }

  /** Reads until the text holds something, or to the end. */
  async until(part?: string): Promise<string> {
    this.#reader ??= (await this.response).body?.getReader();
    for (;;) {
      const text = this.#read.toString();
      if (part !== undefined && text.includes(part)) return text;
      const piece = await this.#reader?.read();
      if (!piece?.value) return text;
      this.#read = Buffer.concat([this.#read, piece.value]);
    }
  }

  text(): Promise<string> {
    return this.until();
  }

  async json(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.text()) as Record<string, unknown>;
  }

  /** The events of a stream to its end, without the end mark. */
  async events(): Promise<Record<string, unknown>[]> {
    const text = await this.text();
    if (!text.endsWith('data: [DONE]\n\n')) throw new Error(`no end mark: ${text}`);
    return text
      .split('\n\n')
      .filter((event) => event.startsWith('data: {'))
      .map((event) => JSON.parse(event.slice(6)) as Record<string, unknown>);
  }

  /** The text that a stream said. */
  async said(): Promise<string> {
    return contentOf(await this.events());
  }
}

export function contentOf(events: readonly Record<string, unknown>[]): string {
  return events
    .flatMap((event) => event['choices'] as { delta?: { content?: string } }[])
    .map((choice) => choice.delta?.content ?? '')
    .join('');
}

export function candidateNamed(provider: string): Candidate {
  return {
    model: { id: 'acme/writer' },
    endpoint: { id: `${provider}/acme/writer`, upstreamModel: 'writer-up', provider: { name: provider } },
  } as Candidate;
}
