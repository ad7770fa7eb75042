import type { ChatMessage, ChatRequest, ChatUsage } from '../../api/chat-stream.ts';

export interface Question {
  readonly role: 'user';
  readonly id: string;
  readonly text: string;
}

/** Anything but `complete` is shown as what it is: an answer that broke off never looks finished. */
export type AnswerState = 'running' | 'complete' | 'stopped' | 'incomplete' | 'failed';

export interface Answer {
  readonly role: 'assistant';
  readonly id: string;
  readonly text: string;
  readonly reasoning: string;
  readonly state: AnswerState;
  /** The model that was asked, until the one that answers is known. */
  readonly model: string;
  readonly provider?: string;
  readonly generationId?: string;
  readonly finishReason?: string;
  readonly usage?: ChatUsage;
  /** What it failed with, and the status of a refusal. */
  readonly problem?: { readonly message: string; readonly status: number };
}

export type Turn = Question | Answer;

/** What is sent with every question. Empty fields leave the choice to the provider. */
export interface ChatSettings {
  readonly system: string;
  readonly temperature: string;
  readonly topP: string;
  readonly maxTokens: string;
}

export interface Conversation {
  readonly model: string;
  readonly settings: ChatSettings;
  readonly turns: readonly Turn[];
}

export const NO_SETTINGS: ChatSettings = { system: '', temperature: '', topP: '', maxTokens: '' };
export const EMPTY_CONVERSATION: Conversation = { model: '', settings: NO_SETTINGS, turns: [] };

/** A question and its running answer at the end. */
export function ask(conversation: Conversation, text: string): Conversation {
  const question: Question = { role: 'user', id: newId(), text };
  return { ...conversation, turns: [...conversation.turns, question, newAnswer(conversation.model)] };
}

/** The answers from that turn on are dropped, and the question before them is asked again. */
export function askAgain(conversation: Conversation, answerId: string): Conversation {
  const at = conversation.turns.findIndex(({ id }) => id === answerId);
  if (at < 1) return conversation;
  return { ...conversation, turns: [...conversation.turns.slice(0, at), newAnswer(conversation.model)] };
}

/** What came after a question is dropped, and it is asked in other words. */
export function askInOtherWords(conversation: Conversation, questionId: string, text: string): Conversation {
  const at = conversation.turns.findIndex(({ id }) => id === questionId);
  return at < 0 ? conversation : ask({ ...conversation, turns: conversation.turns.slice(0, at) }, text);
}

export function changeAnswer(
  conversation: Conversation,
  id: string,
  change: (answer: Answer) => Answer,
): Conversation {
  const turns = conversation.turns.map((turn) =>
    turn.role === 'assistant' && turn.id === id ? change(turn) : turn,
  );
  return { ...conversation, turns };
}

/** What to send for the running answer at the end; answers that never began are left out. */
export function requestOf({ model, settings, turns }: Conversation): ChatRequest {
  const messages: ChatMessage[] = [];
  if (settings.system.trim() !== '') messages.push({ role: 'system', content: settings.system });
  for (const turn of turns) if (turn.text !== '') messages.push({ role: turn.role, content: turn.text });
  return {
    model,
    messages,
    ...numberField('temperature', settings.temperature),
    ...numberField('top_p', settings.topP),
    ...numberField('max_tokens', settings.maxTokens),
  };
}

function numberField(name: string, text: string): Readonly<Record<string, number>> {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? {} : { [name]: value };
}

function newAnswer(model: string): Answer {
  return { role: 'assistant', id: newId(), text: '', reasoning: '', state: 'running', model };
}

function newId(): string {
  return Math.random().toString(36).slice(2);
}
