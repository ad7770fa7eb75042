import { EventSplitter, eventData, latin1ToUtf8, type Surface } from '@onerouter/core';
import { isFields, mergeDelta } from './merge-delta.ts';

type Fields = Record<string, unknown>;

/**
 * Puts a stream's events together to the answer that a client without `stream` would have got.
 *
 * @param usage the provider's report, which is not among the events
 * @throws {SyntaxError} when an event is no JSON
 */
export function wholeFromEvents(surface: Surface, events: Buffer, usage: unknown): Buffer {
  const root: Fields = {};
  const choices = new Map<number, Fields>();
  for (const event of new EventSplitter().push(events.toString('latin1'))) {
    const data = eventData(event);
    if (data === undefined || data === '') continue;
    const chunk = JSON.parse(latin1ToUtf8(data)) as Fields;
    for (const name of Object.keys(chunk)) {
      const value = chunk[name];
      if (value !== null && name !== 'choices' && name !== 'usage' && name !== '__proto__')
        root[name] = value;
    }
    if (Array.isArray(chunk['choices'])) for (const choice of chunk['choices']) addChoice(choices, choice);
  }
  const chat = surface === 'chat';
  const ordered = [...choices.keys()].toSorted((a, b) => a - b);
  return Buffer.from(
    JSON.stringify({
      ...root,
      object: chat ? 'chat.completion' : 'text_completion',
      choices: ordered.map((index) => finishChoice(chat, index, choices.get(index) ?? {})),
      ...(usage === undefined ? {} : { usage }),
    }),
  );
}

function addChoice(choices: Map<number, Fields>, piece: unknown): void {
  if (!isFields(piece)) return;
  const index = typeof piece['index'] === 'number' ? piece['index'] : 0;
  const choice = choices.get(index) ?? {};
  choices.set(index, choice);
  for (const name of Object.keys(piece)) {
    const value = piece[name];
    if (value === null || name === 'index' || name === '__proto__') continue;
    // The rest are verdicts on the choice, of which some providers repeat the latest in every event.
    if (PIECES.has(name)) mergeDelta(choice, { [name]: value });
    else choice[name] = value;
  }
}

/** Fields of a choice that come in pieces. */
const PIECES: ReadonlySet<string> = new Set(['delta', 'text', 'logprobs']);

function finishChoice(chat: boolean, index: number, choice: Fields): Fields {
  const { delta, finish_reason = null, ...rest } = choice;
  if (!chat) return { index, text: '', logprobs: null, ...rest, finish_reason };
  const message: Fields = { role: 'assistant', content: null, ...(isFields(delta) ? delta : {}) };
  if (Array.isArray(message['tool_calls'])) {
    message['tool_calls'] = message['tool_calls'].map(withoutIndex);
  }
  return { index, message, logprobs: null, ...rest, finish_reason };
}

/** The index of a tool call is for streams only. */
function withoutIndex(call: unknown): unknown {
  if (!isFields(call)) return call;
  const { index: _index, ...rest } = call;
  return rest;
}
