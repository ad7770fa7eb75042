import { LRUCache } from 'lru-cache';

/** A conversation that rests for this long may go anywhere. */
export const STICKY_IDLE_MS = 600_000;
/** Conversations that are remembered; the one that rested longest makes room. */
export const MAX_CONVERSATIONS = 50_000;

/** Remembers where conversations were last answered, and with it where their prompt cache is. */
export interface StickyRouting {
  /** The endpoint that was kept under a key, if the conversation has not rested too long. */
  recall(key: string): string | undefined;
  keep(key: string, endpointId: string): void;
}

export interface StickyRoutingOptions {
  /** @default 600000 */
  readonly idleMs?: number;
  /** @default 50000 */
  readonly maxConversations?: number;
  /** The clock, in milliseconds. @default performance.now */
  readonly now?: () => number;
}

/** Keeps conversations in this process. */
export function stickyRouting(options: StickyRoutingOptions = {}): StickyRouting {
  const { idleMs = STICKY_IDLE_MS, maxConversations = MAX_CONVERSATIONS, now } = options;
  const endpoints = new LRUCache<string, string>({
    max: maxConversations,
    ttl: idleMs,
    updateAgeOnGet: true,
    ttlResolution: now ? 0 : 1,
    ...(now ? { perf: { now } } : {}),
  });
  return {
    recall: (key) => endpoints.get(key),
    keep: (key, endpointId) => {
      endpoints.set(key, endpointId);
    },
  };
}
