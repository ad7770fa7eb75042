import { EMPTY_CONVERSATION, NO_SETTINGS } from './conversation.ts';
import type { Conversation, Turn } from './conversation.ts';

/** Conversations stay in the browser, each account's apart. */
function entryOf(account: string): string {
  return `onerouter.chat.${account}`;
}

/** The account's conversation; one that cannot be read is an empty one. */
export function readConversation(account: string): Conversation {
  try {
    const kept = JSON.parse(localStorage.getItem(entryOf(account)) ?? 'null') as Partial<Conversation> | null;
    if (kept === null || !Array.isArray(kept.turns)) return EMPTY_CONVERSATION;
    return {
      model: typeof kept.model === 'string' ? kept.model : '',
      settings: { ...NO_SETTINGS, ...kept.settings },
      turns: kept.turns.map(brokenOff),
    };
  } catch {
    return EMPTY_CONVERSATION;
  }
}

/** Storage that is full or off costs the history, not the chat. */
export function keepConversation(account: string, conversation: Conversation): void {
  try {
    localStorage.setItem(entryOf(account), JSON.stringify(conversation));
  } catch {
    return;
  }
}

/** What was running when the page closed has no more to come. */
function brokenOff(turn: Turn): Turn {
  if (turn.role !== 'assistant' || turn.state !== 'running') return turn;
  return {
    ...turn,
    state: 'incomplete',
    problem: { message: 'The page was closed before the answer was complete.', status: 0 },
  };
}
