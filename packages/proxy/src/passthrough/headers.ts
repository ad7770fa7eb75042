import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/**
 * What a provider sees of the client's headers. Not `Idempotency-Key`: at the provider all accounts are one, so one
 * account's key could fetch another's answer. Not `Expect`: the client has been told to continue already, and
 * http-proxy-middleware skips its `proxyReq` hook for requests that carry it.
 */
export const REQUEST_HEADERS: readonly string[] = [
  'accept',
  'accept-encoding',
  'content-type',
  'content-length',
  'content-encoding',
  'range',
  'openai-beta',
];

/** What the client sees of the provider's headers. Never cookies: they would be set for this gateway's pages. */
export const RESPONSE_HEADERS: readonly string[] = [
  'content-type',
  'content-length',
  'content-encoding',
  'content-disposition',
  'content-range',
  'accept-ranges',
];

/** What a provider sees of a websocket's handshake, beside what the gateway writes itself. */
export const UPGRADE_REQUEST_HEADERS: readonly string[] = [
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
  'openai-beta',
];

/** What the client sees of the provider's handshake. */
export const UPGRADE_RESPONSE_HEADERS: readonly string[] = [
  'sec-websocket-accept',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
];

/** Those headers that are on the list, and nothing else. */
export function pick(headers: IncomingHttpHeaders, allowed: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of allowed) {
    const value = headers[name];
    if (typeof value === 'string') picked[name] = value;
  }
  return picked;
}

/** What the gateway itself sends to a provider: its name, the provider's key, and the configured headers. */
export function ownHeaders(
  apiKey: string | undefined,
  configured: Readonly<Record<string, string>>,
): OutgoingHttpHeaders {
  return {
    'user-agent': 'onerouter',
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    ...Object.fromEntries(Object.entries(configured).map(([name, value]) => [name.toLowerCase(), value])),
  };
}
