import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer, fail } from './provider-answers.ts';
import { answerMs, faultOf, looksHealthy, numberIn, PROVIDERS } from './schedule.ts';

/** The scripted providers, each a server on a port of its own. */
export class Providers {
  readonly #seed: number;
  readonly #servers = new Map<string, Server>();
  readonly #before = new Map<string, number>();
  #beganAt = performance.now();
  #calls = 0;

  private constructor(seed: number) {
    this.#seed = seed;
  }

  static async open(seed: number): Promise<Providers> {
    const providers = new Providers(seed);
    for (const name of Object.keys(PROVIDERS)) {
      const server = createServer((req, res) => providers.#take(name, req, res));
      providers.#servers.set(name, server);
      await once(server.listen(0, '127.0.0.1'), 'listening');
    }
    return providers;
  }

  /** Base URLs by name. */
  get urls(): ReadonlyMap<string, string> {
    return new Map(
      [...this.#servers].map(([name, server]) => [
        name,
        `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      ]),
    );
  }

  /** Calls since the run began. */
  get calls(): number {
    return this.#calls;
  }

  /** Starts the schedule over, for the next who is compared. */
  begin(): void {
    this.#before.clear();
    this.#calls = 0;
    this.#beganAt = performance.now();
  }

  close(): void {
    for (const server of this.#servers.values()) {
      server.close();
      server.closeAllConnections();
    }
  }

  #take(provider: string, req: IncomingMessage, res: ServerResponse): void {
    // Whoever calls may be gone: that is its affair.
    req.on('error', () => {});
    res.on('error', () => {});
    if (req.method === 'GET') {
      res.writeHead(looksHealthy(provider, this.#runningMs) ? 200 : 503).end();
      return;
    }
    this.#calls++;
    let body = '';
    req.setEncoding('utf8');
    req.on('data', (part: string) => (body += part));
    req.on('end', () => void this.#answer(provider, body, res));
  }

  async #answer(provider: string, body: string, res: ServerResponse): Promise<void> {
    const request = numberIn(body);
    const { stream = false } = JSON.parse(body) as { stream?: boolean };
    const key = `${provider} ${request}`;
    const call = { provider, request, before: this.#before.get(key) ?? 0 };
    this.#before.set(key, call.before + 1);
    const fault = faultOf(this.#seed, call, this.#runningMs);
    if (fault) return fail(res, { number: request, stream }, fault);
    await sleep(answerMs(this.#seed, call));
    return answer(res, { number: request, stream });
  }

  get #runningMs(): number {
    return performance.now() - this.#beganAt;
  }
}
