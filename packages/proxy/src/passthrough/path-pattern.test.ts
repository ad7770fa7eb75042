import { describe, expect, it } from 'vitest';
import { matches, parsePattern } from './path-pattern.ts';

describe('a pattern fits', () => {
  it.each([
    ['/files', ['files'], true],
    ['/files', ['files', 'a'], false],
    ['/files', ['Files'], false],
    ['/files/:id', ['files', 'a'], true],
    ['/files/:id', ['files'], false],
    ['/files/:id/content', ['files', 'a', 'content'], true],
    ['/files/*', ['files'], false],
    ['/files/*', ['files', 'a', 'b'], true],
    ['/*', ['a', 'b'], true],
    ['/models/m:generate', ['models', 'm:generate'], true],
    ['/a.c', ['abc'], false],
  ])('%s %j: %s', (pattern, path, fits) => {
    expect(matches(parsePattern(pattern), path)).toBe(fits);
  });
});

it.each([
  'files',
  '/',
  '',
  '/files/',
  '/a//b',
  '/*/a',
  '/a/**',
  '/a*',
  '/:',
  '/:a-b',
  '/(a|b)',
  '/..',
  '/a b',
  '/%61',
  '/a?b',
])('a pattern is refused: %s', (pattern) => {
  expect(() => parsePattern(pattern)).toThrow(TypeError);
});
