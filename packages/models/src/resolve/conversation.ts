import { createHash, type Hash } from 'node:crypto';
import type { ChatRequest, RequestBody } from '@onerouter/core';

/** A conversation, as far as one request tells. */
export interface Conversation {
  /** A digest: it holds nothing of what was said. */
  readonly key: string;
  /** Whether the client named it, rather than us finding it out. */
  readonly explicit: boolean;
}

/** The longest session name that is heeded. */
export const MAX_SESSION_LENGTH = 256;

/**
 * Which conversation of an account a request belongs to: the one named by `session_id` or the header `x-session-id`, by
 * `prompt_cache_key`, or the one that began with these messages (up to the first of the user).
 *
 * @returns `undefined` when there is nothing to tell it by
 */
export function findConversation(
  accountId: string,
  { json, facts }: RequestBody,
  sessionHeader: unknown,
): Conversation | undefined {
  const session = name(json.session_id) ?? name(sessionHeader);
  if (session !== undefined)
    return { key: digest('session', accountId, (hash) => hash.update(session)), explicit: true };
  const cacheKey = name(json['prompt_cache_key']);
  if (cacheKey !== undefined)
    return { key: digest('cache', accountId, (hash) => hash.update(cacheKey)), explicit: false };
  if (facts.surface !== 'chat') return undefined;
  const { messages } = json as ChatRequest;
  const first = messages.findIndex(({ role }) => role === 'user');
  if (first === -1) return undefined;
  const opening = messages.slice(0, first + 1);
  return { key: digest('opening', accountId, (hash) => feed(hash, opening, 0)), explicit: false };
}

function name(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= MAX_SESSION_LENGTH ? value : undefined;
}

function digest(kind: string, accountId: string, fill: (hash: Hash) => void): string {
  const hash = createHash('sha256').update(`${kind}\n${accountId}\n`);
  fill(hash);
  return hash.digest('base64url');
}

/** Of longer texts the two ends count: hashing megabytes of an image would hold up everybody. */
const LONG_TEXT = 32_768;
/** Deeper nesting than any message has. */
const MAX_DEPTH = 8;

function feed(hash: Hash, value: unknown, depth: number): void {
  if (typeof value === 'string') {
    hash.update(`${value.length}:`);
    if (value.length <= 2 * LONG_TEXT) hash.update(value);
    else hash.update(value.slice(0, LONG_TEXT)).update(value.slice(-LONG_TEXT));
  } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
    for (const [field, inner] of Object.entries(value)) {
      hash.update(`${field}=`);
      feed(hash, inner, depth + 1);
    }
  } else {
    hash.update(typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'null');
  }
  hash.update(';');
}
