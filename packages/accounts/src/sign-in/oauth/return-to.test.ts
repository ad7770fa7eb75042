import { describe, expect, it } from 'vitest';
import { readReturnTo } from './return-to.ts';

describe('return_to', () => {
  it('is a path on this server', () => {
    for (const path of [
      '/',
      '/chat',
      '/models/acme/writer?x=1#y',
      '/a//b',
      '/@evil.example',
      '/%2F%2Fevil.example',
    ]) {
      expect(readReturnTo(path)).toBe(path);
    }
    expect(readReturnTo(undefined)).toBe('/');
    expect(readReturnTo('')).toBe('/');
  });

  it('is never another server, however it is written', () => {
    const evil = [
      'https://evil.example',
      '//evil.example',
      '///evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '/\t/evil.example',
      '/\n/evil.example',
      '\t//evil.example',
      ' //evil.example',
      '/.//evil.example',
      '/..//evil.example',
      '/a/..//evil.example',
      '/%2e//evil.example',
      'javascript:alert(1)',
      'chat',
      '@evil.example',
      '.evil.example',
      `/${'a'.repeat(3_000)}`,
      ['/chat', '//evil.example'],
      { host: 'evil' },
      7,
    ];
    for (const value of evil) expect(() => readReturnTo(value), JSON.stringify(value)).toThrow(/return_to/);
  });

  it('has no line break that could end a header', () => {
    expect(readReturnTo('/a\r\nSet-Cookie: x=1')).not.toMatch(/[\r\n]/);
  });
});
