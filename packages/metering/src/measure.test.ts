import {
  emptyFacts,
  readFacts,
  type AnswerFacts,
  type CommonRequest,
  type Outcome,
  type Usage,
} from '@onerouter/core';
import { describe, expect, it } from 'vitest';
import { measureUsage } from './measure.ts';

const REQUEST = readFacts('chat', chat({}));
const REPORT: Usage = { promptTokens: 100, completionTokens: 50, source: 'provider' };

describe('usage that was reported', () => {
  it('is taken', () => {
    expect(measureUsage(outcome({ usage: REPORT }), REQUEST)).toEqual({ ...REPORT, images: 0 });
  });

  it('is taken when it is zero', () => {
    const zero: Usage = { promptTokens: 0, completionTokens: 0, source: 'provider' };
    expect(measureUsage(outcome({ usage: zero, output: true, outputBytes: 400 }), REQUEST)).toMatchObject(
      zero,
    );
  });

  it('is brought into order', () => {
    const odd: Usage = {
      promptTokens: 10,
      completionTokens: -3,
      cachedTokens: 99,
      reasoningTokens: 7,
      source: 'provider',
    };
    expect(measureUsage(outcome({ usage: odd }), REQUEST)).toMatchObject({
      promptTokens: 10,
      completionTokens: 0,
      cachedTokens: 10,
      reasoningTokens: 0,
    });
  });

  it('of one choice out of several is corrected', () => {
    const three = readFacts('chat', chat({ n: 3 }));
    const facts = { usage: { ...REPORT, completionTokens: 100 }, output: true, outputBytes: 1200 };
    expect(measureUsage(outcome(facts), three)).toMatchObject({ completionTokens: 300, source: 'estimated' });
  });

  it('of several choices is left alone where it is plausible', () => {
    const three = readFacts('chat', chat({ n: 3 }));
    const facts = { usage: { ...REPORT, completionTokens: 200 }, output: true, outputBytes: 1200 };
    expect(measureUsage(outcome(facts), three)).toMatchObject({ completionTokens: 200, source: 'provider' });
  });

  it('of a single choice is never second-guessed', () => {
    const facts = { usage: { ...REPORT, completionTokens: 1 }, output: true, outputBytes: 4000 };
    expect(measureUsage(outcome(facts), REQUEST)).toMatchObject({ completionTokens: 1, source: 'provider' });
  });
});

describe('usage that nobody reported', () => {
  it('is estimated from what was sent and delivered, and flagged', () => {
    const request = readFacts('chat', chat({ content: 'x'.repeat(400) }));
    expect(measureUsage(outcome({ output: true, outputBytes: 80 }), request)).toEqual({
      promptTokens: 100,
      completionTokens: 20,
      images: 0,
      source: 'estimated',
    });
  });

  it('of embeddings has no completion', () => {
    const request = readFacts('embeddings', { input: 'x'.repeat(40) });
    expect(measureUsage(outcome({ output: true, outputBytes: 9000 }), request)).toMatchObject({
      promptTokens: 10,
      completionTokens: 0,
    });
  });

  it('is unknown when there was no output', () => {
    expect(measureUsage(outcome({}), REQUEST)).toBeUndefined();
  });
});

it('images are counted from the request', () => {
  const content = [
    { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
    { type: 'text', text: 'What is this?' },
  ];
  expect(measureUsage(outcome({ usage: REPORT }), readFacts('chat', chat({ content })))).toMatchObject({
    images: 2,
  });
});

function chat({ content = 'Hi', ...fields }: Record<string, unknown>): CommonRequest {
  return { model: 'a', messages: [{ role: 'user', content }], ...fields };
}

function outcome(facts: Partial<AnswerFacts>): Outcome {
  return { status: 'complete', facts: { ...emptyFacts(), ...facts }, candidate: undefined };
}
