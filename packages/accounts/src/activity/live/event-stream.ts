import { STREAM_HEADERS } from '@onerouter/core';
import type { Response } from 'express';

/** How long a browser waits before it opens a stream again. */
const RETRY_MS = 2_000;

/** Server-sent events to one client, as fast as it takes them. */
export class EventStream {
  readonly #res: Response;
  readonly #openedAt = Date.now();
  #blockedAt: number | undefined;
  #writtenAt = Date.now();

  /**
   * @param position where it begins, told at once: a browser that hears nothing before it is cut off goes on from there
   * @param drained called when a client that was behind takes more
   */
  constructor(res: Response, position: number, drained: () => void) {
    this.#res = res;
    res.writeHead(200, { ...STREAM_HEADERS });
    res.on('drain', () => {
      this.#blockedAt = undefined;
      drained();
    });
    this.#write(`retry: ${RETRY_MS}\nid: ${position}\n\n`);
  }

  /** Whether another event may be sent; one that is blocked says when it is not any more. */
  get open(): boolean {
    return this.#blockedAt === undefined && !this.#res.writableEnded && !this.#res.destroyed;
  }

  ageMs(): number {
    return Date.now() - this.#openedAt;
  }

  quietMs(): number {
    return Date.now() - this.#writtenAt;
  }

  /** How long the client has taken nothing, though there was something. */
  stalledMs(): number {
    return this.#blockedAt === undefined ? 0 : Date.now() - this.#blockedAt;
  }

  send(event: string, data: string, id?: number): void {
    this.#write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`);
  }

  comment(): void {
    this.#write(': still here\n\n');
  }

  /** Ends it; the browser comes again. A client that takes nothing is let go. */
  end(): void {
    if (this.#blockedAt === undefined) this.#res.end();
    else this.#res.destroy();
  }

  #write(text: string): void {
    this.#writtenAt = Date.now();
    if (!this.#res.write(text)) this.#blockedAt = Date.now();
  }
}
