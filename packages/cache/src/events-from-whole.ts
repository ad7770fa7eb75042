import type { Surface } from '@onerouter/core';
import { isFields } from './merge-delta.ts';

type Fields = Record<string, unknown>;

/**
 * Cuts a whole answer into the events that a client with `stream` can read: for each choice one with all of its output,
 * then one with its finish reason.
 *
 * @throws {SyntaxError} when the answer is no JSON
 */
export function eventsFromWhole(surface: Surface, whole: Buffer): Buffer {
  const {
    choices,
    usage: _usage,
    cost: _cost,
    cost_details: _costDetails,
    ...root
  } = JSON.parse(whole.toString('utf8')) as Fields;
  const chat = surface === 'chat';
  const base = { ...root, object: chat ? 'chat.completion.chunk' : 'text_completion' };
  const all = Array.isArray(choices) ? choices.filter(isFields) : [];
  const event = (choice: Fields): string => `data: ${JSON.stringify({ ...base, choices: [choice] })}\n\n`;
  const output = all.map((choice, at) => event(chat ? chatOutput(choice, at) : legacyOutput(choice, at)));
  const ends = all.map((choice, at) => event(finish(chat, choice, at)));
  return Buffer.from([...output, ...ends].join(''));
}

function chatOutput(choice: Fields, at: number): Fields {
  const { message, finish_reason: _reason, native_finish_reason: _native, ...rest } = choice;
  const delta: Fields = { role: 'assistant', ...(isFields(message) ? message : {}) };
  for (const name of ['tool_calls', 'reasoning_details']) {
    const items = delta[name];
    if (Array.isArray(items)) delta[name] = items.map(withIndex);
    else if (items === null) delete delta[name];
  }
  return { index: at, ...rest, delta, finish_reason: null };
}

function legacyOutput(choice: Fields, at: number): Fields {
  const { native_finish_reason: _native, ...rest } = choice;
  return { index: at, ...rest, finish_reason: null };
}

function finish(chat: boolean, choice: Fields, at: number): Fields {
  const { index = at, finish_reason = null, native_finish_reason } = choice;
  return {
    index,
    ...(chat ? { delta: {} } : { text: '', logprobs: null }),
    finish_reason,
    ...(native_finish_reason === undefined ? {} : { native_finish_reason }),
  };
}

function withIndex(item: unknown, at: number): unknown {
  return isFields(item) ? { index: at, ...item } : item;
}
