import { Agent } from 'undici';
import { isIP } from 'node:net';
import { isPublicAddress, lookupPublic, PrivateAddressError } from './public-address.ts';

/** How long a webhook may take, from the connection to the end of its answer's head. */
export const WEBHOOK_TIMEOUT_MS = 10_000;

export interface WebhookPosterOptions {
  /**
   * Allow `http:` and addresses of private networks. For tests, and for servers whose people may reach everything that the
   * server reaches.
   *
   * @default false
   */
  readonly allowPrivate?: boolean;
  /** @default 10000 */
  readonly timeoutMs?: number;
}

/** Posts to addresses that people have chosen. */
export interface WebhookPoster {
  /**
   * Posts JSON, once.
   *
   * @throws {PrivateAddressError} when the address is not public, or not `https:`
   * @throws {Error} on any answer but a 2xx, redirects included, and when none comes in time
   */
  post(url: string, body: unknown): Promise<void>;
  /** Ends its connections. */
  close(): Promise<void>;
}

/** A poster that reaches the public internet only, through TLS, follows no redirect and reads no answer. */
export function webhookPoster(options: WebhookPosterOptions = {}): WebhookPoster {
  const { allowPrivate = false, timeoutMs = WEBHOOK_TIMEOUT_MS } = options;
  const agent = new Agent({
    connect: { timeout: timeoutMs, ...(allowPrivate ? {} : { lookup: lookupPublic }) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    // Who is told rarely keeps a connection for nothing.
    keepAliveTimeout: 1_000,
    maxHeaderSize: 16 * 1_024,
  });
  return {
    async post(url, body) {
      const target = new URL(url);
      if (!allowPrivate) assertPublic(target);
      const { statusCode, body: answer } = await agent.request({
        origin: target.origin,
        path: `${target.pathname}${target.search}`,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'OneRouter-Webhook/1' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      // Nobody reads it, and a long one would only keep the connection.
      answer.on('error', () => {}).destroy();
      if (statusCode < 200 || statusCode > 299) throw new Error(`The webhook answered ${statusCode}.`);
    },
    close: () => agent.close(),
  };
}

/** Addresses that are written out are never looked up, so they are judged here. */
function assertPublic({ protocol, hostname }: URL): void {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (protocol !== 'https:' || (isIP(host) > 0 && !isPublicAddress(host))) throw new PrivateAddressError();
}
