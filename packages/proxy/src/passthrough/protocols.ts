import type { IncomingMessage } from 'node:http';

/** Prefix of the subprotocol that carries a key, as in OpenAI's own API. */
export const KEY_PROTOCOL = 'openai-insecure-api-key.';

/** What a client offers as subprotocols. */
export interface Protocols {
  /** The key among them, if there is one. */
  readonly key: string | undefined;
  /** All others: what the provider may see. */
  readonly others: readonly string[];
}

export function readProtocols(req: IncomingMessage): Protocols {
  const offered = (req.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((protocol) => protocol.trim())
    .filter((protocol) => protocol !== '');
  const key = offered.find(isKey)?.slice(KEY_PROTOCOL.length);
  return { key, others: offered.filter((protocol) => !isKey(protocol)) };
}

function isKey(protocol: string): boolean {
  return protocol.toLowerCase().startsWith(KEY_PROTOCOL);
}
