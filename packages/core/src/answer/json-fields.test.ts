import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latin1ToUtf8, utf8ToLatin1 } from './bytes-as-text.ts';
import { editBytes, editFields } from './json-fields.ts';
import { topLevelFields } from './json-scan.ts';

function edit(json: string, edits: Record<string, string | undefined>): string {
  return latin1ToUtf8(editFields(utf8ToLatin1(json), new Map(Object.entries(edits))));
}

function names(json: string): string[] {
  return topLevelFields(utf8ToLatin1(json)).map((field) => field.name);
}

/** JSON text with white space strewn between its tokens. */
function spaced(value: unknown, space: string): string {
  if (Array.isArray(value))
    return `[${space}${value.map((one) => spaced(one, space)).join(`${space},`)}${space}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, one]) => `${space}${JSON.stringify(name)}${space}:${space}${spaced(one, space)}${space}`,
  );
  return `{${fields.join(',')}}`;
}

const OBJECT = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 });
const SPACE = fc.constantFrom('', ' ', '\n\t', '\r\n');

describe('finding top-level fields', () => {
  it('finds each value where it stands, whatever is inside it', () => {
    fc.assert(
      fc.property(OBJECT, SPACE, (object, space) => {
        const json = utf8ToLatin1(space + spaced(object, space) + space);
        const found = topLevelFields(json).map((field) => [
          field.name,
          JSON.parse(latin1ToUtf8(json.slice(field.valueStart, field.valueEnd))) as unknown,
        ]);
        expect(found).toEqual(Object.entries(JSON.parse(latin1ToUtf8(json)) as object));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['{}', []],
    [' { } ', []],
    ['{"a":"}\\"{","b":[{"c":1},"]"],"d":null}', ['a', 'b', 'd']],
    ['{"a\\"b":1,"\\u0069d":2}', ['a"b', 'id']],
    ['{"a":"\\\\","b":"\\\\\\"","c":-1.5e3 , "d":true}', ['a', 'b', 'c', 'd']],
    ['{"a":1,"a":2}', ['a', 'a']],
    ['{"__proto__":1}', ['__proto__']],
  ])('of %s', (json, expected) => {
    expect(names(json)).toEqual(expected);
  });
});

describe('editing top-level fields', () => {
  it('adds a default only where the field is not there', () => {
    const defaults = new Map([['a', '1']]);
    expect(editFields('{}', new Map(), defaults)).toBe('{"a":1}');
    expect(editFields('{"b":2}', new Map(), defaults)).toBe('{"b":2,"a":1}');
    expect(editFields('{"a":null}', new Map(), defaults)).toBe('{"a":null}');
  });

  it.each([
    ['{"n":9,"m":1,"n":1}', '{"m":1,"n":1}'],
    ['{"m":1,"n":9, "n":8 ,"n":1}', '{"m":1,"n":1}'],
    ['{"__proto__":1,"__proto__":2}', '{"__proto__":2}'],
  ])('keeps of %s the last of those that stand twice', (json, kept) => {
    expect(JSON.parse(edit(json, {}))).toEqual(JSON.parse(kept));
    expect(names(edit(json, {}))).toEqual(names(kept));
  });

  it('sets and removes what it is told, and keeps every other value byte for byte', () => {
    fc.assert(
      fc.property(
        OBJECT,
        SPACE,
        fc.constantFrom('id', 'x"y', 'ü'),
        fc.boolean(),
        (object, space, name, remove) => {
          const json = utf8ToLatin1(spaced(object, space));
          const edited = editFields(json, new Map([[name, remove ? undefined : '"new"']]));
          const { [name]: _gone, ...others } = JSON.parse(latin1ToUtf8(json)) as Record<string, unknown>;
          expect(JSON.parse(latin1ToUtf8(edited))).toEqual(remove ? others : { ...others, [name]: 'new' });
          for (const field of topLevelFields(json)) {
            if (field.name === name) continue;
            expect(edited.includes(json.slice(field.keyStart, field.valueEnd))).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['{"a":1,"b":2}', { a: '9' }, '{"a":9,"b":2}'],
    ['{"a":1,"b":2}', { a: undefined }, '{"b":2}'],
    ['{"a":1,"b":2}', { b: undefined }, '{"a":1}'],
    ['{"a":1}', { a: undefined }, '{}'],
    ['{}', { a: '1' }, '{"a":1}'],
    ['{"a":1}', { b: '[2]' }, '{"a":1,"b":[2]}'],
    ['{ "a" : 1 , "b" : 2 }', { a: '9' }, '{ "a" : 9 , "b" : 2 }'],
    ['{"a":1}', {}, '{"a":1}'],
    ['{"a":1}', { b: undefined }, '{"a":1}'],
  ])('%s with %j is %s', (json, edits, expected) => {
    expect(edit(json, edits)).toBe(expected);
  });

  it('does the same to bytes, however many', () => {
    for (const length of [10, 100_000]) {
      const json = Buffer.from(JSON.stringify({ a: 'é'.repeat(length), id: 1, usage: {} }));
      const edits = new Map([
        ['id', '"ü"'],
        ['usage', undefined],
      ]);
      expect(JSON.parse(editBytes(json, edits).toString())).toEqual({ a: 'é'.repeat(length), id: 'ü' });
    }
  });

  it('treats a field that stands twice in both places, escaped or not', () => {
    expect(edit('{"id":1,"x":0,"i\\u0064":2}', { id: '"g"' })).toBe('{"id":"g","x":0,"i\\u0064":"g"}');
    expect(edit('{"id":1,"x":0,"id":2}', { id: undefined })).toBe('{"x":0}');
  });

  it('keeps bytes that are no valid UTF-8', () => {
    const json = '{"a":"\u00ff\u00fe","id":1}';
    expect(editFields(json, new Map([['id', '2']]))).toBe('{"a":"\u00ff\u00fe","id":2}');
  });
});
