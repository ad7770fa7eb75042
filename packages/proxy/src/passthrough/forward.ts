import type { ClientRequest, IncomingMessage } from 'node:http';
import { Answer, exchangeSlot, type GatewayError } from '@onerouter/core';
import type { Request, Response } from 'express';
import { createProxyMiddleware, type Plugin } from 'http-proxy-middleware';
import { readRetryAfter } from '../attempt/retry-after.ts';
import { transportFailure } from '../attempt/transport-failure.ts';
import { ownHeaders, pick, REQUEST_HEADERS, RESPONSE_HEADERS } from './headers.ts';
import type { KeyRing } from './key-ring.ts';
import { LastBytes } from './last-bytes.ts';
import { onConnected } from './on-connected.ts';
import { PassthroughCall, type Carrier } from './passthrough-call.ts';
import { refusalType } from './refused.ts';
import { passthroughSlot } from './target.ts';

/** Carries one call over HTTP; settles by itself, or hands an error to `next`. */
export type Forward = (req: Request, res: Response, next: (error: unknown) => void) => Promise<void>;

/**
 * Makes what carries calls over HTTP. Bodies stream both ways through http-proxy-middleware; the answer's head and its end
 * are ours, because http-proxy-middleware would send every header of the provider, and the last bytes before settlement.
 */
export function createForward(keys: KeyRing): Forward {
  const running = new WeakMap<IncomingMessage, HttpCarrier>();
  const hooks: Plugin<Request, Response> = (server) => {
    server.on('proxyReq', (upstream, req) => running.get(req)?.requesting(upstream));
    server.on('proxyRes', (answer, req) => void running.get(req)?.answering(answer));
    server.on('error', (error, req) => req && running.get(req)?.brokeOff(error));
    server.on('econnreset', (error, req) => running.get(req)?.brokeOff(error));
  };
  // One for all providers: each instance listens to the server's 'close', and would do so for ever.
  const proxy = createProxyMiddleware<Request, Response>({
    router: (req) => passthroughSlot.get(req).provider.baseUrl,
    pathRewrite: (_path, req) => passthroughSlot.get(req).path,
    changeOrigin: true,
    selfHandleResponse: true,
    // A connection for each call: a body that streams cannot be sent again when a waiting connection proves closed.
    agent: false,
    // Its own plugins answer with the request's URL, and write to the console.
    ejectPlugins: true,
    plugins: [hooks],
  });
  return async function forward(req, res, next) {
    const carrier = new HttpCarrier(req, res, keys, next);
    running.set(req, carrier);
    // Replaced, not edited in a hook: whatever happens in there, nothing else of the client's headers is at hand. The
    // provider's key is not put here, because access logs of a foreign server may show these headers.
    req.headers = pick(req.headers, REQUEST_HEADERS);
    await proxy(req, res, (error) => carrier.brokeOff(error));
  };
}

class HttpCarrier implements Carrier {
  readonly #req: Request;
  readonly #res: Response;
  readonly #keys: KeyRing;
  readonly #next: (error: unknown) => void;
  readonly #apiKey: string | undefined;
  readonly #call: PassthroughCall;
  #upstream: ClientRequest | undefined;

  constructor(req: Request, res: Response, keys: KeyRing, next: (error: unknown) => void) {
    this.#req = req;
    this.#res = res;
    this.#keys = keys;
    this.#next = next;
    const target = passthroughSlot.get(req);
    this.#apiKey = keys.keyFor(target.provider);
    this.#call = new PassthroughCall(exchangeSlot.get(req), target, this);
  }

  /** The request to the provider has a socket, and nothing of it has been written. */
  requesting(upstream: ClientRequest): void {
    this.#upstream = upstream;
    if (this.#call.over) {
      upstream.destroy();
      return;
    }
    const { provider } = passthroughSlot.get(this.#req);
    for (const [name, value] of Object.entries(ownHeaders(this.#apiKey, provider.headers))) {
      if (value !== undefined) upstream.setHeader(name, value);
    }
    onConnected(upstream, () => this.#call.alive());
    this.#req.on('data', () => this.#call.alive());
    upstream.once('finish', () => this.#call.sent());
  }

  /** The provider's answer has begun. Called before http-proxy-middleware listens to it. */
  async answering(answer: IncomingMessage): Promise<void> {
    const status = answer.statusCode ?? 0;
    if (this.#call.over || status < 200 || status > 299) {
      // Read on, not broken off: http-proxy-middleware would take the client's connection along.
      answer.resume();
      const { provider } = passthroughSlot.get(this.#req);
      if (refusalType(status) === 'credentials_rejected') this.#keys.refused(provider, this.#apiKey);
      this.#call.refused(status, readRetryAfter(answer.headers, Date.now()));
      return;
    }
    this.#call.began(status);
    const cut = (): void => {
      if (!answer.complete) this.#call.broke('stream_cut');
    };
    answer.once('error', cut).once('close', cut);
    await this.#relay(answer, status);
  }

  brokeOff(error: unknown): void {
    this.#call.broke(transportFailure(error instanceof Error ? error : new Error('Broken off.')));
  }

  failed(error: GatewayError): void {
    // The client may still be sending, and reads no answer before it is done.
    this.#req.unpipe();
    this.#req.resume();
    this.#next(error);
  }

  get clientStalls(): boolean {
    return this.#upstream?.writableNeedDrain === false;
  }

  abort(): void {
    this.#upstream?.destroy();
    // An error before the answer is told; one in its middle can only be shown by breaking it off.
    const { clientGone } = exchangeSlot.get(this.#req);
    if (clientGone || this.#res.headersSent) this.#res.destroy();
  }

  async #relay(answer: IncomingMessage, status: number): Promise<void> {
    const res = this.#res;
    res.status(status);
    res.setHeaders(new Map(Object.entries(pick(answer.headers, RESPONSE_HEADERS))));
    res.setHeader('x-content-type-options', 'nosniff');
    // An answer that announces its length is whole for the client with its last byte, so that one is held back until
    // the settlement has been written down; one that does not ends with a mark of its own.
    const last = new LastBytes(status === 204 ? '0' : answer.headers['content-length']);
    if (!last.reached) res.flushHeaders();
    try {
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        this.#call.alive();
        if (last.hold(chunk)) continue;
        if (!res.write(chunk)) await this.#drained();
      }
    } catch {
      // The listeners above have told why.
    }
    if (this.#call.over) return;
    await this.#call.complete();
    if (!res.destroyed) res.end(last.held);
  }

  async #drained(): Promise<void> {
    this.#call.pause();
    const client = new Answer(exchangeSlot.get(this.#req), this.#res, { includeUsage: false });
    await new Promise<void>((resolve) => client.drained(resolve));
    this.#call.alive();
  }
}
