import {
  errorResponder,
  exchangeSlot,
  openExchange,
  principalSlot,
  readBody,
  routeSlot,
  SURFACE_PATHS,
  type Candidate,
  type Exclusion,
  type Outcome,
  type Principal,
  type Surface,
} from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import express, { type NextFunction, type Request } from 'express';
import { Asked } from './asked.scene.ts';
import { Call, Counter, WHOLE } from './call.scene.ts';
import { promptCache, type PromptCacheOptions } from './prompt-cache.ts';

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
  excluded: readonly Exclusion[] = [];
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

  /** Asks for a stream and has it answered in two pieces. */
  async streamOnce(body: object = {}, headers: Record<string, string> = {}): Promise<Asked> {
    const asked = this.ask({ stream: true, ...body }, headers);
    const call = await this.call(this.calls.length + 1);
    call.say('Hel');
    call.say('lo');
    await call.end();
    await asked.text();
    return asked;
  }

  /** Asks without `stream` and has it answered. */
  async sendOnce(body: object = {}, headers: Record<string, string> = {}): Promise<Asked> {
    const asked = this.ask(body, headers);
    await (await this.call(this.calls.length + 1)).send(WHOLE);
    await asked.text();
    return asked;
  }

  #prepare(req: Request, next: NextFunction): void {
    const accountId = String(req.headers['x-account'] ?? 'ann');
    if (accountId !== 'nobody') principalSlot.set(req, { accountId } as Principal);
    routeSlot.set(req, { requested: 'acme/writer', candidates: this.candidates, excluded: this.excluded });
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

/** A candidate at one provider, of a model that others serve too. */
export function candidateNamed(provider: string, ...others: string[]): Candidate {
  const [endpoint, ...rest] = [provider, ...others].map((name) => ({
    id: `${name}/acme/writer`,
    upstreamModel: 'writer-up',
    provider: { name },
  }));
  return { model: { id: 'acme/writer', endpoints: [endpoint, ...rest] }, endpoint } as unknown as Candidate;
}
