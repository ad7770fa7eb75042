import { beforeAll, describe, expect, it, vi } from 'vitest';

describe('where to go after signing in', () => {
  beforeAll(() => {
    vi.stubGlobal('document', { querySelector: () => null });
    vi.stubGlobal('location', { origin: 'https://router.example' });
  });

  it.each([
    ['/keys', '/keys'],
    ['/auth?callback_url=https%3A%2F%2Fapp.example', '/auth?callback_url=https%3A%2F%2Fapp.example'],
    [null, '/'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    [String.raw`/\evil.example`, '/'],
    ['/\t/evil.example', '/'],
    ['/.//evil.example', '/'],
    ['//', '/'],
    ['javascript:alert(1)', '/'],
  ])('%s leads to %s', async (asked, path) => {
    const { safeReturnTo } = await import('./return-to.ts');
    expect(safeReturnTo(asked)).toBe(path);
  });
});
