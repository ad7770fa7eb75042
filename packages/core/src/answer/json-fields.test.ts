import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editFields, topLevelFields } from './json-fields.ts';

function edit(json: string, edits: Record<string, string | undefined>): string {
  return editFields(Buffer.from(json), new Map(Object.entries(edits))).toString();
}

function names(json: string): string[] {
  return topLevelFields(Buffer.from(json)).map((field) => field.name);
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
        const json = Buffer.from(space + spaced(object, space) + space);
        const found = topLevelFields(json).map((field) => [
          field.name,
          JSON.parse(json.toString('utf8', field.valueStart, field.valueEnd)) as unknown,
        ]);
        expect(found).toEqual(Object.entries(JSON.parse(json.toString()) as object));
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
    expect(editFields(Buffer.from('{}'), new Map(), defaults).toString()).toBe('{"a":1}');
    expect(editFields(Buffer.from('{"b":2}'), new Map(), defaults).toString()).toBe('{"b":2,"a":1}');
    expect(editFields(Buffer.from('{"a":null}'), new Map(), defaults).toString()).toBe('{"a":null}');
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
          const json = Buffer.from(spaced(object, space));
          const edited = editFields(json, new Map([[name, remove ? undefined : '"new"']]));
          const { [name]: _gone, ...others } = JSON.parse(json.toString()) as Record<string, unknown>;
          expect(JSON.parse(edited.toString())).toEqual(remove ? others : { ...others, [name]: 'new' });
          for (const field of topLevelFields(json)) {
            if (field.name === name) continue;
            expect(edited.includes(json.subarray(field.keyStart, field.valueEnd))).toBe(true);
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

  it('treats a field that stands twice in both places, escaped or not', () => {
    expect(edit('{"id":1,"x":0,"i\\u0064":2}', { id: '"g"' })).toBe('{"id":"g","x":0,"i\\u0064":"g"}');
    expect(edit('{"id":1,"x":0,"id":2}', { id: undefined })).toBe('{"x":0}');
  });

  it('keeps bytes that are no valid UTF-8', () => {
    const json = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('","id":1}')]);
    const edited = editFields(json, new Map([['id', '2']]));
    expect(edited.subarray(0, 9)).toEqual(json.subarray(0, 9));
  });
});
