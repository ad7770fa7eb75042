import { describe, expect, it } from 'vitest';
import type { Surface } from '@onerouter/core';
import { eventsFromWhole } from './events-from-whole.ts';
import { wholeFromEvents } from './whole-from-events.ts';

type Fields = Record<string, unknown>;
const BASE = { id: 'gen-1', created: 17, model: 'acme/writer', provider: 'alpha', system_fingerprint: 'fp' };

function whole(surface: Surface, chunks: readonly object[], usage?: unknown): Fields {
  const events = chunks
    .map((chunk) => `data: ${JSON.stringify({ ...BASE, ...chunk })}\n\n`)
    .join(': ping\n\n');
  return JSON.parse(wholeFromEvents(surface, Buffer.from(events), usage).toString()) as Fields;
}
function message(...deltas: object[]): Fields {
  const answer = whole(
    'chat',
    deltas.map((delta) => ({ choices: [{ index: 0, delta }] })),
  );
  return (answer['choices'] as { message: Fields }[])[0]?.message ?? {};
}
function events(surface: Surface, answer: object): Fields[] {
  const text = eventsFromWhole(surface, Buffer.from(JSON.stringify(answer))).toString();
  return text
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => JSON.parse(event.slice(6)) as Fields);
}

const call = (index: number, more: object) => ({ tool_calls: [{ index, ...more }] });

const piece = (index: number, content: string, severity: string) => ({
  index,
  delta: { content },
  logprobs: { content: [{ token: content, logprob: -1 }] },
  content_filter_results: { hate: { severity } },
});

describe('a stream put together', () => {
  it('is an answer with the root fields of its chunks', () => {
    expect(
      whole(
        'chat',
        [
          { choices: [{ index: 0, delta: { role: 'assistant', content: 'Hé' } }], service_tier: null },
          { choices: [{ index: 0, delta: { content: 'llo' } }], service_tier: 'default' },
          { choices: [{ index: 0, delta: {}, finish_reason: 'stop', native_finish_reason: 'end_turn' }] },
        ],
        { prompt_tokens: 1 },
      ),
    ).toEqual({
      ...BASE,
      service_tier: 'default',
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Héllo' },
          logprobs: null,
          finish_reason: 'stop',
          native_finish_reason: 'end_turn',
        },
      ],
      usage: { prompt_tokens: 1 },
    });
  });

  it('joins tool calls by their index, however their pieces mix', () => {
    expect(
      message(
        call(0, { id: 'a', type: 'function', function: { name: 'f', arguments: '' } }),
        call(1, { id: 'b', type: 'function', function: { name: 'g', arguments: '{' } }),
        call(0, { function: { arguments: '{"x":' } }),
        call(1, { function: { arguments: '}' } }),
        call(0, { function: { arguments: '1}' } }),
      ),
    ).toEqual({
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
        { id: 'b', type: 'function', function: { name: 'g', arguments: '{}' } },
      ],
    });
  });

  it('joins reasoning, refusal and audio', () => {
    expect(
      message(
        {
          reasoning: 'I ',
          reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'I ', format: 'x' }],
        },
        {
          reasoning: 'think',
          reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'think', format: 'x' }],
        },
        { reasoning_details: [{ type: 'reasoning.encrypted', index: 0, data: 'abc', signature: 's' }] },
        { refusal: 'No', audio: { id: 'au', transcript: 'N', data: 'QQ' } },
        { refusal: '.', audio: { transcript: 'o', data: 'Qg', expires_at: 5 } },
      ),
    ).toMatchObject({
      reasoning: 'I think',
      reasoning_details: [
        { type: 'reasoning.text', index: 0, text: 'I think', format: 'x' },
        { type: 'reasoning.encrypted', index: 0, data: 'abc', signature: 's' },
      ],
      refusal: 'No.',
      audio: { id: 'au', transcript: 'No', data: 'QQQg', expires_at: 5 },
    });
  });

  it('extends lists that have no index', () => {
    expect(message({ annotations: [{ url: 'a' }] }, { annotations: [{ url: 'b' }] })['annotations']).toEqual([
      { url: 'a' },
      { url: 'b' },
    ]);
  });

  it('orders choices by index, joins logprobs, and takes the latest verdict of a filter', () => {
    const answer = whole('chat', [
      { choices: [piece(1, 'b', 'safe')] },
      { choices: [piece(0, 'a', 'safe'), piece(1, 'B', 'low')] },
      { choices: [] },
    ]);
    expect(answer['choices']).toMatchObject([
      { index: 0, message: { content: 'a' } },
      {
        index: 1,
        message: { content: 'bB' },
        logprobs: { content: [{ token: 'b' }, { token: 'B' }] },
        content_filter_results: { hate: { severity: 'low' } },
      },
    ]);
  });

  it('of a legacy completion has text', () => {
    const answer = whole('completions', [
      { choices: [{ index: 0, text: 'Hel', finish_reason: null }] },
      { choices: [{ index: 0, text: 'lo', finish_reason: 'length' }] },
    ]);
    expect(answer).toMatchObject({
      object: 'text_completion',
      choices: [{ index: 0, text: 'Hello', logprobs: null, finish_reason: 'length' }],
    });
  });

  it('cannot change a prototype', () => {
    const delta = JSON.parse('{"__proto__":{"polluted":1},"content":"x"}') as object;
    expect(message(delta, delta)).toEqual({ role: 'assistant', content: 'xx' });
    expect(({} as Fields)['polluted']).toBeUndefined();
  });
});

const ANSWER = {
  ...BASE,
  object: 'chat.completion',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: 'Héllo',
        refusal: null,
        reasoning: 'I think',
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      logprobs: null,
      finish_reason: 'tool_calls',
    },
    { index: 1, message: { role: 'assistant', content: 'B' }, logprobs: null, finish_reason: 'stop' },
  ],
};

describe('a whole answer cut into events', () => {
  it('says everything of each choice, then why each ended; usage and cost are not among them', () => {
    const answer = { ...ANSWER, usage: { prompt_tokens: 1 }, cost: 1, cost_details: {} };
    const chunks = events('chat', answer);
    expect(chunks).toHaveLength(4);
    for (const chunk of chunks) {
      expect(chunk).toMatchObject({ ...BASE, object: 'chat.completion.chunk' });
      expect(Object.keys(chunk).at(-1)).toBe('choices');
      expect(chunk).not.toHaveProperty('usage');
      expect(chunk).not.toHaveProperty('cost');
    }
    expect(chunks[0]?.['choices']).toMatchObject([
      { index: 0, delta: { role: 'assistant', tool_calls: [{ index: 0, id: 'a' }] }, finish_reason: null },
    ]);
    expect(chunks[3]?.['choices']).toEqual([{ index: 1, delta: {}, finish_reason: 'stop' }]);
  });

  it('is the same answer when it is put together again', () => {
    const { refusal: _null, ...first } = ANSWER.choices[0]?.message ?? { refusal: null };
    const bytes = eventsFromWhole('chat', Buffer.from(JSON.stringify(ANSWER)));
    expect(JSON.parse(wholeFromEvents('chat', bytes, undefined).toString())).toEqual({
      ...ANSWER,
      choices: [{ ...ANSWER.choices[0], message: first }, ANSWER.choices[1]],
    });
  });

  it('of a legacy completion has text', () => {
    const legacy = {
      ...BASE,
      object: 'text_completion',
      choices: [{ index: 0, text: 'Hi', logprobs: null, finish_reason: 'stop' }],
    };
    expect(events('completions', legacy).map((chunk) => chunk['choices'])).toEqual([
      [{ index: 0, text: 'Hi', logprobs: null, finish_reason: null }],
      [{ index: 0, text: '', logprobs: null, finish_reason: 'stop' }],
    ]);
  });
});
