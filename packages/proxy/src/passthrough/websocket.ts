import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { exchangeSlot, type Exchange } from '@onerouter/core';
import type { Request } from 'express';
import { readRetryAfter } from '../attempt/retry-after.ts';
import { transportFailure } from '../attempt/transport-failure.ts';
import { ownHeaders, pick, UPGRADE_REQUEST_HEADERS, UPGRADE_RESPONSE_HEADERS } from './headers.ts';
import type { KeyRing } from './key-ring.ts';
import { onConnected } from './on-connected.ts';
import { PassthroughCall, type Carrier } from './passthrough-call.ts';
import { readProtocols } from './protocols.ts';
import { refusalType } from './refused.ts';
import { passthroughSlot } from './target.ts';
import type { Upgrade } from './upgrade.ts';

/** How long one side may stay open after the other has ended. */
const LINGER_MS = 2_000;
/** How often a quiet client is asked whether it is still there. */
const KEEP_ALIVE_MS = 30_000;

/** Carries one websocket; settles by itself, or hands an error to `next`. */
export function joinWebsocket(
  req: Request,
  upgrade: Upgrade,
  keys: KeyRing,
  next: (error: unknown) => void,
): void {
  new WebsocketCarrier(req, upgrade, keys, next).start();
}

/**
 * On `node:http` rather than on http-proxy-middleware's `upgrade`: that one writes a provider's
 * refusal (its cookies and its text included) and all headers of its 101 to the client, and ends the client's socket
 * before anything can be said about an error.
 */
class WebsocketCarrier implements Carrier {
  readonly #exchange: Exchange;
  readonly #upgrade: Upgrade;
  readonly #next: (error: unknown) => void;
  readonly #call: PassthroughCall;
  readonly #upstream: ClientRequest;
  #remote: Socket | undefined;
  #linger: NodeJS.Timeout | undefined;

  constructor(req: Request, upgrade: Upgrade, keys: KeyRing, next: (error: unknown) => void) {
    this.#exchange = exchangeSlot.get(req);
    this.#upgrade = upgrade;
    this.#next = next;
    const target = passthroughSlot.get(req);
    const { provider } = target;
    const apiKey = keys.keyFor(provider);
    const url = new URL(provider.baseUrl + target.path);
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const { others } = readProtocols(req);
    this.#upstream = request(url, {
      agent: false,
      headers: {
        ...pick(req.headers, UPGRADE_REQUEST_HEADERS),
        ...(others.length === 0 ? {} : { 'sec-websocket-protocol': others.join(', ') }),
        ...ownHeaders(apiKey, provider.headers),
        connection: 'Upgrade',
        upgrade: 'websocket',
      },
    });
    this.#call = new PassthroughCall(this.#exchange, target, this);
    this.#upstream
      .on('error', (error) => this.#call.broke(transportFailure(error)))
      .once('response', (answer) => {
        const status = answer.statusCode ?? 0;
        if (refusalType(status) === 'credentials_rejected') keys.refused(provider, apiKey);
        this.#call.refused(status, readRetryAfter(answer.headers, Date.now()));
        this.#upstream.destroy();
      })
      .once('upgrade', (answer, remote, head) => this.#open(answer, remote, head));
  }

  start(): void {
    onConnected(this.#upstream, () => this.#call.sent());
    this.#upstream.end();
  }

  get clientStalls(): boolean {
    return false;
  }

  failed(error: unknown): void {
    this.#next(error);
  }

  abort(): void {
    clearTimeout(this.#linger);
    this.#upstream.destroy();
    this.#remote?.destroy();
    if (this.#remote || this.#exchange.clientGone) this.#upgrade.socket.destroy();
  }

  #open(answer: IncomingMessage, remote: Socket, head: Buffer): void {
    this.#remote = remote;
    remote.on('error', () => this.#call.broke('stream_cut'));
    if (this.#call.over) {
      remote.destroy();
      return;
    }
    const { socket } = this.#upgrade;
    const early = this.#upgrade.takeSocket();
    this.#call.began(101);
    this.#call.pause();
    for (const side of [socket, remote])
      side.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS).setTimeout(0);
    socket.write(this.#head(answer), 'latin1');
    socket.write(head);
    remote.write(early);
    socket.once('end', () => this.#ended()).once('close', () => this.#clientClosed());
    remote.once('end', () => this.#ended()).once('close', () => this.#remoteClosed());
    socket.pipe(remote).pipe(socket);
  }

  #head(answer: IncomingMessage): string {
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      ...pick(answer.headers, UPGRADE_RESPONSE_HEADERS),
      'x-generation-id': this.#exchange.id,
      'x-request-id': this.#exchange.record.requestId,
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return `HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`;
  }

  /** One side has ended in good order; the other one follows. */
  #ended(): void {
    void this.#call.complete();
    this.#linger ??= setTimeout(() => this.abort(), LINGER_MS);
  }

  #clientClosed(): void {
    // Without an end before it, the connection broke: the client has left.
    if (!this.#call.over) this.#exchange.clientLeft();
    else this.#remote?.end();
  }

  #remoteClosed(): void {
    this.#call.broke('stream_cut');
    clearTimeout(this.#linger);
    this.#upgrade.socket.destroySoon();
  }
}
