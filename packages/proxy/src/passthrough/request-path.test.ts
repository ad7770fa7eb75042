import { array, assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPath, writePath } from './request-path.ts';

it('a path is read into decoded segments, and its query kept', () => {
  expect(readPath('/alpha/a%20b/%C3%A9?x=%20&y')).toEqual({
    segments: ['alpha', 'a b', 'é'],
    query: 'x=%20&y',
  });
});

describe('what servers read differently is refused', () => {
  it.each([
    'alpha/files',
    'http://host/alpha',
    '*',
    '/alpha//files',
    '/alpha/files/',
    '/alpha/.',
    '/alpha/..',
    '/alpha/...',
    '/alpha/%2E%2e',
    '/alpha/..;a',
    '/alpha/a%2fb',
    '/alpha/a%5cb',
    '/alpha/a\\b',
    '/alpha/%25%32%65',
    '/alpha/%00',
    '/alpha/%c2%85',
    '/alpha/%ff',
    '/alpha/%c0%af',
    '/alpha/%zz',
    '/alpha/é',
    '/alpha/a#b',
    '/alpha/a?b#c',
    '/alpha/a?b\u0001',
  ])('%s', (url) => {
    expect(readPath(url)).toBeUndefined();
  });
});

it('whatever is let through reads the same again, for us and for a URL parser', () => {
  assert(
    property(array(string({ unit: 'binary', maxLength: 6 }), { minLength: 1, maxLength: 4 }), (parts) => {
      const url = `/${parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/')}`;
      const read = readPath(url);
      if (!read) return;
      const written = writePath(read.segments);
      expect(readPath(written)).toEqual({ segments: read.segments, query: '' });
      const { pathname } = new URL(`http://host/base${written}`);
      expect(pathname).toBe(`/base${written}`);
      expect(pathname.split('/').length).toBe(read.segments.length + 2);
    }),
    { numRuns: 500 },
  );
});
