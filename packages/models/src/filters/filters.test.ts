import { describe, expect, it } from 'vitest';
import type { Ask } from '../resolve/ask.ts';
import { fakeAsk, fakeDialect } from '../testing/index.ts';
import { routeOfTwo } from '../testing/route-of-two.ts';

function left(...args: Parameters<typeof routeOfTwo>): string {
  const { candidates, excluded } = routeOfTwo(...args);
  const kept = candidates.map((one) => one.endpoint.upstreamModel).join('');
  return [kept, ...excluded.map((one) => `${one.provider}:${one.filter}`)].join(' ');
}

const model = 'writer-1';
const part = (type: string): Parameters<typeof fakeAsk>[0] => ({
  model,
  messages: [{ role: 'user', content: [{ type }, { type: 'text', text: 'What is this?' }] }],
});
const prefer = (provider: NonNullable<Ask['preferences']>, parts: Partial<Ask> = {}): Ask =>
  fakeAsk({ model, provider }, parts);

describe('surface', () => {
  it('takes out endpoints whose dialect does not speak it', () => {
    const embeddings = fakeAsk({ model, input: 'x' }, {}, 'embeddings');
    expect(left(embeddings, {}, { a: { dialect: fakeDialect(['chat']) } })).toBe('b A:surface');
  });

  it('takes out embedding models asked for text', () => {
    expect(() => left(fakeAsk({ model }), {}, { model: { outputModalities: ['embeddings'] } })).toThrow(
      /surface/,
    );
  });
});

describe('modality', () => {
  it.each([
    ['image_url', 'image'],
    ['file', 'file'],
    ['input_audio', 'audio'],
    ['video_url', 'video'],
  ] as const)('sends %s only where it is taken', (type, modality) => {
    const endpoints = { b: { inputModalities: ['text', modality] } } as const;
    expect(left(fakeAsk(part(type)), endpoints)).toBe('b A:modality');
  });

  it('lets text go anywhere', () => {
    expect(left(fakeAsk({ model }), { a: { inputModalities: ['image'] } })).toBe('ab');
  });
});

describe('context_length', () => {
  const long = fakeAsk({ model, messages: [{ role: 'user', content: 'word '.repeat(3_000) }] });

  it('takes out endpoints that the prompt clearly exceeds', () => {
    expect(left(long, { a: { contextLength: 1_000 }, b: { contextLength: 100_000 } })).toBe(
      'b A:context_length',
    );
  });

  it('leaves close calls and unknown contexts to the provider', () => {
    expect(left(long, { a: { contextLength: 3_000 } })).toBe('ab');
  });

  it('answers 400 when no endpoint is large enough', () => {
    expect(() => left(long, { a: { contextLength: 10 }, b: { contextLength: 10 } })).toThrow(
      expect.objectContaining({ status: 400, kind: 'context_length_exceeded' }),
    );
  });
});

describe('require_parameters', () => {
  const endpoints = {
    a: { supportedParameters: ['max_tokens', 'temperature'] },
    b: { supportedParameters: ['max_tokens', 'tools', 'tool_choice', 'response_format', 'seed'] },
  };

  it('sends tools and response formats only where they are understood', () => {
    expect(left(fakeAsk({ model, tools: [{ type: 'function' }] }), endpoints)).toBe('b A:require_parameters');
    expect(left(fakeAsk({ model, response_format: { type: 'json_object' } }), endpoints)).toBe(
      'b A:require_parameters',
    );
  });

  it('asks nothing for empty tools and plain text', () => {
    const body = { model, tools: [], response_format: { type: 'text' }, tool_choice: 'auto' };
    expect(left(fakeAsk(body), endpoints)).toBe('ab');
  });

  it('looks at every parameter when the request requires it', () => {
    const body = { model, seed: 1, max_completion_tokens: 5 };
    expect(left(fakeAsk(body), endpoints)).toBe('ab');
    expect(left(fakeAsk({ ...body, provider: { require_parameters: true } }), endpoints)).toBe(
      'b A:require_parameters',
    );
  });

  it('keeps endpoints whose parameters are unknown', () => {
    const provider = { require_parameters: true };
    expect(left(fakeAsk({ model, seed: 1, provider }), { a: endpoints.a })).toBe('b A:require_parameters');
  });
});

describe('only, ignore and allow_fallbacks', () => {
  it('name providers without regard to case', () => {
    expect(left(prefer({ only: ['b', 'nobody'] }))).toBe('b A:only');
    expect(left(prefer({ ignore: ['b'] }))).toBe('a B:ignore');
  });

  it('mean nothing when empty', () => {
    expect(left(prefer({ only: [], ignore: null, order: [], allow_fallbacks: null }))).toBe('ab');
  });

  it('without fallbacks nothing but the order is tried', () => {
    expect(left(prefer({ order: ['B'], allow_fallbacks: false }))).toBe('b A:allow_fallbacks');
  });

  it('without fallbacks and order the first is tried alone', () => {
    expect(left(prefer({ allow_fallbacks: false }))).toBe('a');
  });
});

describe('data_collection', () => {
  const training = { a: { trainsOnPrompts: true } };

  it.each([
    [false, undefined, 'b A:data_collection'],
    [false, 'allow', 'ab'],
    [false, 'deny', 'b A:data_collection'],
    [true, undefined, 'ab'],
    [true, 'allow', 'ab'],
    [true, 'deny', 'b A:data_collection'],
  ] as const)('account allows: %s, request says: %s → %s', (allowTraining, data_collection, expected) => {
    const provider = data_collection ? { data_collection } : {};
    expect(left(prefer(provider, { allowTraining }), {}, training)).toBe(expected);
  });
});

describe('zdr', () => {
  it('takes out providers that retain prompts', () => {
    expect(left(prefer({ zdr: true }), {}, { b: { retainsPrompts: true } })).toBe('a B:zdr');
    expect(left(prefer({ zdr: false }), {}, { b: { retainsPrompts: true } })).toBe('ab');
  });
});

describe('quantizations', () => {
  it('keeps what is listed, the unknown as unknown', () => {
    const endpoints = { a: { quantization: 'fp8' } };
    expect(left(prefer({ quantizations: ['FP8'] }), endpoints)).toBe('a B:quantizations');
    expect(left(prefer({ quantizations: ['unknown'] }), endpoints)).toBe('b A:quantizations');
  });
});

describe('max_price', () => {
  const endpoints = { b: { pricing: { prompt: '0.000003', completion: '0.000002', request: '0.01' } } };

  it.each([
    [{ prompt: 1 }, 'a B:max_price'],
    [{ prompt: '2.999999' }, 'a B:max_price'],
    [{ prompt: '3' }, 'ab'],
    [{ prompt: 3.0 }, 'ab'],
    [{ completion: 2 }, 'ab'],
    [{ request: 0.001 }, 'a B:max_price'],
    [{ request: '0.01', image: 0 }, 'ab'],
    [{ prompt: 1e21 }, 'ab'],
    [{ request: 1e-7 }, 'a B:max_price'],
    [{}, 'ab'],
  ])('%j is in USD per million tokens, or for each request and image', (max_price, expected) => {
    expect(left(prefer({ max_price }), endpoints)).toBe(expected);
  });

  it('looks at the price after discount', () => {
    expect(left(prefer({ max_price: { prompt: 2 } }), { b: { ...endpoints.b, discount: 0.5 } })).toBe('ab');
  });
});
