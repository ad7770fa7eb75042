import { describe, expect, it } from 'vitest';
import { ChunkStream } from './chunk-stream.ts';
import { latin1ToUtf8 } from './bytes-as-text.ts';
import { EventSplitter, eventData } from './event-splitter.ts';

const OWNED = { id: 'gen-1', model: 'acme/writer', provider: 'alpha' };
const BASE = { id: 'up-1', object: 'chat.completion.chunk', created: 17, model: 'writer-up' };

function delta(content: string, more: object = {}): string {
  return JSON.stringify({
    ...BASE,
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
    ...more,
  });
}
const ROLE = JSON.stringify({ ...BASE, choices: [{ index: 0, delta: { role: 'assistant' } }] });
const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };

function read(parts: readonly (string | Buffer)[], owned: typeof OWNED | null = OWNED) {
  const stream = new ChunkStream(owned ?? undefined);
  let out = '';
  for (const part of parts) out += stream.push(Buffer.from(part));
  out += stream.end();
  return { out, facts: stream.facts };
}

function payloads(out: string): unknown[] {
  return new EventSplitter()
    .push(out)
    .map((event) => eventData(event))
    .filter((data) => data !== undefined)
    .map((data) => JSON.parse(latin1ToUtf8(data)) as unknown);
}

describe('what a stream says of itself', () => {
  it('usage in a chunk of its own is read and kept back', () => {
    const { out, facts } = read([
      `data: ${delta('x')}\n\ndata: ${JSON.stringify({ ...BASE, choices: [], usage: USAGE })}\n\n`,
    ]);
    expect(payloads(out)).toHaveLength(1);
    expect(facts).toMatchObject({ usage: { promptTokens: 3, completionTokens: 2 }, rawUsage: USAGE });
  });

  it('usage in a chunk with choices is read and cut out; the choices stay', () => {
    const { out, facts } = read([`data: ${delta('x', { usage: USAGE })}\n\n`]);
    expect(payloads(out)).toEqual([{ ...(JSON.parse(delta('x')) as object), ...OWNED }]);
    expect(facts.usage?.completionTokens).toBe(2);
  });

  it('a later report of usage replaces an earlier one, and null does not', () => {
    const second = { prompt_tokens: 3, completion_tokens: 9 };
    const { facts } = read([
      `data: ${delta('x', { usage: USAGE })}\n\ndata: ${delta('y', { usage: second })}\n\n`,
      `data: ${delta('z', { usage: null })}\n\n`,
    ]);
    expect(facts.usage?.completionTokens).toBe(9);
  });

  it('a role alone is no output, nor is an empty delta', () => {
    const empty = JSON.stringify({ ...BASE, choices: [{ index: 0, delta: { content: '' } }] });
    expect(read([`data: ${ROLE}\n\ndata: ${empty}\n\n`]).facts.output).toBe(false);
    const call = {
      tool_calls: [{ index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: '' } }],
    };
    const tool = JSON.stringify({ ...BASE, choices: [{ index: 0, delta: call }] });
    expect(read([`data: ${tool}\n\n`]).facts.output).toBe(true);
  });

  it('counts the bytes of output alike in parsed and in passed events', () => {
    const texts = ['Hé', 'llo', ' wörld 🎈', '!', 'abc'];
    const { facts } = read(texts.map((text) => `data: ${delta(text)}\n\n`));
    expect(facts.outputBytes).toBe(Buffer.byteLength(texts.join('')));
  });

  it.each([
    ['an error event', '{"error":{"code":529,"message":"overloaded"}}', 529],
    ['a named error', '{"error":{"type":"rate_limit_error"}}', 429],
    ['a failed choice', '{"choices":[{"delta":{},"finish_reason":"error","error":{"code":502}}]}', 502],
    ['no JSON', '{"choices":[{"del', undefined],
    ['null', 'null', undefined],
    ['a list', '[]', undefined],
    ['a number', '5', undefined],
  ])('%s is an error, and nothing of it or after it passes', (_name, data, status) => {
    const { out, facts } = read([`data: ${delta('x')}\n\ndata: ${data}\n\ndata: ${delta('y')}\n\n`]);
    expect(payloads(out)).toHaveLength(1);
    expect(facts.error).toEqual({ status });
  });
});
