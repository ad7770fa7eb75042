import { describe, expect, it } from 'vitest';
import { outcomeOf } from './outcome.ts';

const done = 'data: [DONE]\n\n';
const says = (content: string): string => event({ choices: [{ delta: { content }, finish_reason: null }] });
const stop = event({ choices: [{ delta: {}, finish_reason: 'stop' }] });

describe('an answer counts as', () => {
  it('whole with its text, a finish reason and an end mark', () => {
    const answer = { choices: [{ message: { content: 'Yes.' }, finish_reason: 'stop' }] };
    expect(outcomeOf(200, JSON.stringify(answer), 'Yes.')).toBe('whole');
    expect(outcomeOf(200, `: a comment\n\n${says('Ye')}${says('s.')}${stop}${done}`, 'Yes.')).toBe('whole');
  });

  it.each([
    ['no answer at all', ''],
    ['an empty stream', done],
    ['missing text', says('Ye') + stop + done],
    ['no finish reason', says('Yes.') + done],
    ['no end mark', says('Yes.') + stop],
    ['no choice', '{"choices":[]}'],
    ['no finish reason, in one piece', '{"choices":[{"message":{"content":"Yes."},"finish_reason":null}]}'],
  ])('half shown as whole with %s', (_what, body) => {
    expect(outcomeOf(200, body, 'Yes.')).toBe('half shown as whole');
  });

  it('an error when it says so', () => {
    const error = { error: { message: 'broke' } };
    expect(outcomeOf(503, '', 'Yes.')).toBe('error');
    expect(outcomeOf(200, JSON.stringify(error), 'Yes.')).toBe('error');
    expect(outcomeOf(200, `${says('Ye')}${event(error)}${done}`, 'Yes.')).toBe('error');
    expect(outcomeOf(200, '{"choices":[', 'Yes.')).toBe('error');
  });
});

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
