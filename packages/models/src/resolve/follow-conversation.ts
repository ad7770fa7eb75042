import type { IncomingMessage } from 'node:http';
import {
  principalSlot,
  type Exchange,
  type Outcome,
  type ProviderPreferences,
  type RequestBody,
} from '@onerouter/core';
import { findConversation, type Conversation } from './conversation.ts';
import type { StickyRouting } from './sticky.ts';

/** One request's part in a conversation. */
export interface Followed {
  /** The endpoint of a model that last answered this conversation. */
  lastAnswered(modelId: string): string | undefined;
  /** Keeps in mind who answers, where somebody asked. */
  watch(exchange: Exchange): void;
}

/**
 * Follows a request's conversation. What it is called is found out only when there is a choice to be made: it takes a
 * digest of the opening messages.
 *
 * @returns `undefined` where the client orders or sorts the endpoints itself
 */
export function followConversation(
  sticky: StickyRouting,
  req: IncomingMessage,
  body: RequestBody,
  { order, sort }: ProviderPreferences,
): Followed | undefined {
  if (sort || (order && order.length > 0)) return undefined;
  let found: Conversation | 'none' | undefined;
  const find = (): Conversation | undefined => {
    const account = principalSlot.peek(req)?.accountId ?? '';
    found ??= findConversation(account, body, req.headers['x-session-id']) ?? 'none';
    return found === 'none' ? undefined : found;
  };
  return {
    lastAnswered(modelId) {
      const conversation = find();
      return conversation && sticky.recall(keyOf(conversation, modelId));
    },
    watch(exchange) {
      if (found === undefined || found === 'none') return;
      exchange.observe({ name: 'stickyRouting', onSettle: remember(sticky, found, exchange) });
    },
  };
}

/** A prompt cache that saves nothing is not worth sticking to, unless the client wants to. */
function remember(
  sticky: StickyRouting,
  conversation: Conversation,
  exchange: Exchange,
): (outcome: Outcome) => void {
  return function rememberEndpoint({ status, candidate }) {
    if (status !== 'complete' || !candidate || exchange.record.cacheHit) return;
    const { id, modelId, prices } = candidate.endpoint;
    if (conversation.explicit || prices.cacheRead < prices.prompt)
      sticky.keep(keyOf(conversation, modelId), id);
  };
}

function keyOf({ key }: Conversation, modelId: string): string {
  return `${key} ${modelId}`;
}
