import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cacheKey, MAX_KEY_DEPTH } from './cache-key.ts';

type Body = Record<string, unknown>;
const key = (body: Body, tenant = 'ann') => cacheKey(tenant, 'chat', body);

/** The same value with its properties in another order, at every depth. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, one]) => [name, shuffled(one)]),
  );
}

const NUMBER = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e9, max: 1e9 }),
);
const TEXT = fc.string({ unit: 'binary' });
const { value: VALUE } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, '', 0, 1, '1', [], {}),
    NUMBER,
    TEXT,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(TEXT, tie('value'), { maxKeys: 4 }),
  ),
}));
const BODY = fc.dictionary(fc.oneof(TEXT, fc.constantFrom('messages', 'model')), VALUE, { maxKeys: 5 });

const PRESENTATION = ['stream', 'stream_options', 'usage', 'user', 'metadata', 'trace'];

/** What two bodies are compared by, spelt out the slow way. */
function canonical(body: Body): string {
  const kept = Object.entries(body).filter(([name]) => !PRESENTATION.includes(name));
  return JSON.stringify(sorted(Object.fromEntries(kept)));
}
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === 'number') return value + 0;
  if (typeof value !== 'object' || value === null) return value;
  // Entries, since an object would put numeric names first and could not hold __proto__.
  return {
    o: Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  };
}

const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;

describe('the cache key', () => {
  it('is the same for every order of properties', () => {
    fc.assert(
      fc.property(BODY, (body) => {
        expect(key(shuffled(body) as Body)).toBe(key(body));
      }),
    );
  });

  it('is the same for two bodies exactly when they ask the same', () => {
    fc.assert(
      fc.property(BODY, BODY, (one, other) => {
        expect(key(one) === key(other)).toBe(canonical(one) === canonical(other));
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, Body, Body]>([
    ['a text and a number', { a: '1' }, { a: 1 }],
    ['null and nothing', { a: null }, {}],
    ['null and its name', { a: null }, { a: 'null' }],
    ['two lists', { a: [1, 2] }, { a: [2, 1] }],
    ['a list and its parts', { a: [[1], [2]] }, { a: [[1, 2], []] }],
    ['joined texts', { a: ['ab', 'c'] }, { a: ['a', 'bc'] }],
    ['a forged separator', { a: ['x', 'y'] }, { a: ['xs1:y'] }],
    ['nested and beside', { a: { b: 1 } }, { a: {}, b: 1 }],
    ['lone surrogates', { a: '\ud800' }, { a: '\ud801' }],
    ['a lone surrogate and its escape', { a: '\ud800' }, { a: '"\\ud800"' }],
    ['a field that only nests like presentation', { a: { user: 1 } }, { a: { user: 2 } }],
    ['unknown fields', { seed: 1 }, { seed: 2 }],
  ])('tells apart %s', (_name, one, other) => {
    expect(key(one)).not.toBe(key(other));
  });

  it.each(['stream', 'stream_options', 'usage', 'user', 'metadata', 'trace'])(
    'does not depend on %s',
    (name) => {
      expect(key({ a: 1, [name]: { x: 1 } })).toBe(key({ a: 1 }));
    },
  );

  it('depends on tenant and surface', () => {
    expect(key({}, 'ann')).not.toBe(key({}, 'bob'));
    expect(cacheKey('a', 'chat', {})).not.toBe(cacheKey('a', 'completions', {}));
  });

  it('is the same for a long text wherever it stands, and differs in its last letter', () => {
    const long = 'é'.repeat(40_000);
    expect(key({ a: long, b: [long] })).toBe(key({ b: [long], a: long }));
    expect(key({ a: long })).not.toBe(key({ a: `${long.slice(1)}e` }));
    expect(key({ a: `${long}\ud800` })).not.toBe(key({ a: `${long}\ud801` }));
  });

  it('reads names that are special to JavaScript as names', () => {
    const special = JSON.parse('{"__proto__":{"a":1},"constructor":2}') as Body;
    expect(key(special)).not.toBe(key({ constructor: 2 }));
    expect(key(special)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, Body]>([
    ['nested too deep', { a: JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown }],
    ['with an integer beyond what a number holds', { seed: 2 ** 53 }],
    ['with no JSON number', { seed: Infinity }],
    ['with a value that is no JSON', { at: new Date(0) }],
    ['with a function', { at: () => 1 }],
  ])('does not exist for a body %s', (_name, body) => {
    expect(key(body)).toBeUndefined();
  });

  it('exists up to the depth it names', () => {
    expect(key({ a: deep(MAX_KEY_DEPTH) })).toBeDefined();
    expect(key({ a: deep(MAX_KEY_DEPTH + 1) })).toBeUndefined();
  });
});
