import { describe, expect, it } from 'vitest';
import { atEnd, withChunk } from './chunk.ts';
import {
  ask,
  askAgain,
  askInOtherWords,
  changeAnswer,
  EMPTY_CONVERSATION,
  requestOf,
  type Answer,
  type Conversation,
} from './conversation.ts';

const START: Conversation = { ...EMPTY_CONVERSATION, model: 'acme/writer-1' };

function answered(conversation: Conversation, text: string): Conversation {
  const id = conversation.turns.at(-1)?.id ?? '';
  return changeAnswer(conversation, id, (answer) => ({ ...answer, text, state: 'complete' }));
}

function texts({ turns }: Conversation): readonly string[] {
  return turns.map(({ role, text }) => `${role}: ${text}`);
}

describe('a conversation', () => {
  const two = answered(ask(answered(ask(START, 'One?'), 'First.'), 'Two?'), 'Second.');

  it('asks again from an answer on', () => {
    const first = two.turns[1]?.id ?? '';
    expect(texts(askAgain(two, first))).toEqual(['user: One?', 'assistant: ']);
  });

  it('asks in other words from a question on', () => {
    const second = two.turns[2]?.id ?? '';
    expect(texts(askInOtherWords(two, second, 'Three?'))).toEqual([
      'user: One?',
      'assistant: First.',
      'user: Three?',
      'assistant: ',
    ]);
  });

  it('sends what was said, the system prompt first, and only the settings that are set', () => {
    const running = ask(
      { ...two, settings: { system: 'Be brief.', temperature: '0', topP: '', maxTokens: '12' } },
      'Three?',
    );
    expect(requestOf(running)).toEqual({
      model: 'acme/writer-1',
      temperature: 0,
      max_tokens: 12,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'One?' },
        { role: 'assistant', content: 'First.' },
        { role: 'user', content: 'Two?' },
        { role: 'assistant', content: 'Second.' },
        { role: 'user', content: 'Three?' },
      ],
    });
  });
});

describe('an answer', () => {
  const empty = ask(START, 'One?').turns[1] as Answer;

  it('gathers text, the model that served it, and its usage', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 2, cost: 0.000007 };
    const answer = [
      { id: 'gen-1', model: 'acme/writer-1', provider: 'alpha', choices: [{ delta: { content: 'Hel' } }] },
      { choices: [{ delta: { content: 'lo' }, finish_reason: 'stop' }] },
      { choices: [], usage },
    ].reduce(withChunk, empty);
    expect(atEnd(answer)).toMatchObject({
      text: 'Hello',
      provider: 'alpha',
      generationId: 'gen-1',
      usage,
      state: 'complete',
    });
  });

  it('is incomplete when its stream ends without a reason', () => {
    const answer = withChunk(empty, { choices: [{ delta: { content: 'Hel' } }] });
    expect(atEnd(answer)).toMatchObject({ text: 'Hel', state: 'incomplete' });
  });

  it('is incomplete when the provider failed on the way', () => {
    const answer = withChunk(empty, {
      error: { message: 'Upstream broke.' },
      choices: [{ delta: { content: '' }, finish_reason: 'error' }],
    });
    expect(atEnd(answer)).toMatchObject({ state: 'incomplete', problem: { message: 'Upstream broke.' } });
  });
});
