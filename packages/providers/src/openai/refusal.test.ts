import { expect, it } from 'vitest';
import { readRefusal } from './refusal.ts';

it.each([
  [{ error: { code: 'context_length_exceeded', message: 'x' } }, 'context_length'],
  [{ error: { message: "This model's maximum context length is 8192 tokens." } }, 'context_length'],
  [{ error: { message: 'prompt is too long: 210000 tokens > 200000 maximum' } }, 'context_length'],
  [{ error: { code: 'content_policy_violation' } }, 'content_policy'],
  [{ error: { message: 'Your request was flagged by moderation.' } }, 'content_policy'],
  [{ error: { message: 'temperature must be below 2' } }, 'other'],
  [{ error: 'a bare text' }, 'other'],
  [{ message: 'no envelope: context window exceeded' }, 'context_length'],
  [null, 'other'],
  [[], 'other'],
])('%j is of kind %s', (body, kind) => {
  expect(readRefusal(Buffer.from(JSON.stringify(body))).kind).toBe(kind);
});

it('a body that is no JSON has a kind too', () => {
  expect(readRefusal(Buffer.from('<h1>Bad gateway</h1>')).kind).toBe('other');
});

it.each([
  ['temperature', 'temperature'],
  ['messages[0].content', 'messages[0].content'],
  ['sk-abc def', null],
  ['x'.repeat(100), null],
  [7, null],
])('the field %j is named as %j', (param, named) => {
  expect(readRefusal(Buffer.from(JSON.stringify({ error: { param } }))).param).toBe(named);
});
