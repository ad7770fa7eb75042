import { readFacts, type Surface } from '@onerouter/core';
import { describe, expect, it } from 'vitest';
import { bodyDigest } from './body-digest.ts';

function digest(text: string, surface: Surface = 'completions'): string {
  const json = JSON.parse(text) as { prompt: string };
  return bodyDigest({ raw: Buffer.from(text), json, facts: readFacts(surface, json) });
}

describe('two bodies', () => {
  it('are the same whatever the order of fields and the white space', () => {
    const one = digest('{"prompt":"a","x":{"b":1,"a":[1,2]}}');
    expect(digest('{ "x": {"a":[1, 2],"b":1.0}, "prompt": "a" }')).toBe(one);
  });

  it.each([
    ['{"prompt":"a","x":[1,2]}', '{"prompt":"a","x":[2,1]}'],
    ['{"prompt":"a"}', '{"prompt":"a","stream":true}'],
    ['{"prompt":"a","x":1}', '{"prompt":"a","x":"1"}'],
    ['{"prompt":"a","x":null}', '{"prompt":"a"}'],
    ['{"prompt":"a","__proto__":{"x":1}}', '{"prompt":"a"}'],
    // To a parser of JavaScript they are one number.
    ['{"prompt":"a","seed":9007199254740993}', '{"prompt":"a","seed":9007199254740992}'],
  ])('differ: %s and %s', (one, other) => {
    expect(digest(one)).not.toBe(digest(other));
  });

  it('differ by what they are sent to', () => {
    const text = '{"prompt":"a","input":"a"}';
    expect(digest(text, 'embeddings')).not.toBe(digest(text));
  });

  it('may be nested deeper than the stack', () => {
    const deep = `{"prompt":"a","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const json = { prompt: 'a', x: nested(50_000) };
    const body = { json, facts: readFacts('completions', { prompt: 'a' }) };
    expect(bodyDigest({ ...body, raw: Buffer.from(deep) })).toBe(
      bodyDigest({ ...body, raw: Buffer.from(deep) }),
    );
    expect(bodyDigest({ ...body, raw: Buffer.from(`${deep} `) })).not.toBe(
      bodyDigest({ ...body, raw: Buffer.from(deep) }),
    );
  });
});

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let n = 0; n < depth; n += 1) value = [value];
  return value;
}
