import { describe, expect, it } from 'vitest';
import { isForTests, PACKAGES, sourcesOf, typescriptBelow, type SourceFile } from './support.ts';

const MAX_LINES = 220;

const everything = ['packages', 'examples', 'test'].flatMap(typescriptBelow);
const sources = everything.filter(({ path }) => !isForTests(path) && !path.startsWith('test/'));

/** Paths of the files in which a pattern stands, this one not counted: it has to name them. */
function filesWith(pattern: RegExp, files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path, text }) => path !== 'test/layout/source-files.test.ts' && pattern.test(text))
    .map(({ path }) => path);
}

describe('source files', () => {
  it(`are at most ${MAX_LINES} lines long`, () => {
    const long = sources
      .filter(({ path }) => !path.includes('/scripts/'))
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  it('leave nothing open', () => {
    expect(filesWith(/\b(TODO|FIXME|XXX|HACK)\b|not implemented/i, everything)).toEqual([]);
  });

  it('switch no rule and no test off', () => {
    const off =
      /eslint-disable|oxlint-disable|@ts-(ignore|nocheck|expect-error)|\b(it|test|describe)\.(only|todo|skip)\(/;
    expect(filesWith(off, everything)).toEqual([]);
  });
});

describe.each(PACKAGES)('package %s', (name) => {
  it('reads no environment: whoever mounts it decides', () => {
    expect(filesWith(/process\.env/, sourcesOf(name))).toEqual([]);
  });

  it('does not know about tests', () => {
    expect(filesWith(/NODE_ENV|from 'vitest'|\/testing/, sourcesOf(name))).toEqual([]);
  });
});
