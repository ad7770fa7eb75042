import { describe, expect, it } from 'vitest';
import { estimatedPromptTokens, reservedPromptTokens } from './estimate.ts';
import { readFacts } from './facts.ts';
import type { CommonRequest } from './schemas.ts';

const chat = (body: object) => readFacts('chat', { messages: [], ...body });
const user = (content: unknown) => ({ messages: [{ role: 'user', content }] });

const legacy = (body: object) => readFacts('completions', body as CommonRequest).choices;

describe('the facts of a request', () => {
  it('count text in bytes, and media apart from their bytes', () => {
    const big = `data:image/png;base64,${'A'.repeat(100_000)}`;
    const facts = chat(
      user([
        { type: 'text', text: 'hé' },
        { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
        { type: 'image_url', image_url: { url: big } },
        { type: 'file', file: { file_data: big } },
        { type: 'input_audio', input_audio: { data: big, format: 'wav' } },
        { type: 'video_url', video_url: { url: big } },
      ]),
    );
    expect(facts).toMatchObject({ textBytes: 3, images: 2, files: 1, audio: 1, video: 1 });
  });

  it('count tools, tool calls and schemas as text', () => {
    const tools = [{ type: 'function', function: { name: 'f', parameters: {} } }];
    expect(chat({ tools }).textBytes).toBe(JSON.stringify(tools).length);
    expect(
      chat({ messages: [{ role: 'assistant', content: null, tool_calls: tools }] }).textBytes,
    ).toBeGreaterThan(0);
  });

  it('survive nesting deeper than the stack', () => {
    const depth = 200_000;
    const tools = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;
    expect(chat({ tools }).textBytes).toBe(0);
  });

  it('name the models in order, each once', () => {
    expect(chat({}).models).toEqual([]);
    expect(chat({ model: 'a' }).models).toEqual(['a']);
    expect(chat({ model: 'a', models: ['b', 'a', 'c'] }).models).toEqual(['a', 'b', 'c']);
    expect(chat({ models: ['b'] }).models).toEqual(['b']);
  });

  it('take the larger of two limits, and ignore null', () => {
    expect(chat({ max_tokens: 5, max_completion_tokens: 9 }).maxTokens).toBe(9);
    expect(chat({ max_tokens: null }).maxTokens).toBeUndefined();
  });

  it.each([
    [{ usage: { include: true } }, true],
    [{ stream_options: { include_usage: true } }, true],
    [{ stream_options: { include_usage: false } }, false],
    [{ stream_options: null, usage: null }, false],
  ])('%j shows usage: %s', (body, expected) => {
    expect(chat(body).includeUsage).toBe(expected);
  });

  it('count choices: n times the prompts of a legacy completion', () => {
    expect(chat({ n: 3 }).choices).toBe(3);
    expect(legacy({ prompt: 'a', n: 2 })).toBe(2);
    expect(legacy({ prompt: ['a', 'b'], n: 2 })).toBe(4);
    expect(legacy({ prompt: [1, 2, 3] })).toBe(1);
    expect(legacy({ prompt: [[1], [2, 3]], best_of: 3, n: 1 })).toBe(6);
  });

  it('of embeddings know neither limits nor choices, whatever stands there', () => {
    const facts = readFacts('embeddings', { input: 'x', max_tokens: 'x', n: [] } as unknown as CommonRequest);
    expect(facts).toMatchObject({ maxTokens: undefined, choices: 1 });
  });

  it('never stream embeddings', () => {
    expect(readFacts('embeddings', { input: 'x', stream: true }).stream).toBe(false);
  });

  it('give estimates of at least one token, reservations above bills', () => {
    const facts = chat(user('x'.repeat(1200)));
    expect(reservedPromptTokens(facts)).toBe(400);
    expect(estimatedPromptTokens(facts)).toBe(300);
    expect(reservedPromptTokens(chat({}))).toBe(1);
  });
});
