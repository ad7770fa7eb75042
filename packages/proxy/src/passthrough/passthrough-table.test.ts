import type { PassthroughRule, Provider } from '@onerouter/core';
import { describe, expect, it } from 'vitest';
import { PassthroughTable } from './passthrough-table.ts';

function table(...paths: string[]): PassthroughTable {
  const passthrough = paths.map((path): PassthroughRule => ({ method: 'POST', path, price: 1n }));
  return new PassthroughTable([{ name: 'alpha', passthrough } as Partial<Provider> as Provider]);
}

describe('what the gateway speaks itself', () => {
  it.each([
    '/chat/completions',
    '/completions',
    '/embeddings',
    '/v1/chat/completions',
    '/Chat/Completions',
    '/:any/embeddings',
  ])('is refused by name: %s', (path) => {
    expect(() => table('/files', path)).toThrow(`providers.alpha.passthrough.1.path: ${path}`);
  });

  it('is not covered by wider patterns', () => {
    const wide = table('/*', '/:a/:b', '/:a');
    expect(wide.find('alpha', 'POST', ['chat', 'completions'])).toBeUndefined();
    expect(wide.find('alpha', 'POST', ['v1', 'CHAT', 'completions'])).toBeUndefined();
    expect(wide.find('alpha', 'POST', ['embeddings'])).toBeUndefined();
    expect(wide.find('alpha', 'POST', ['chat', 'other'])).toBeDefined();
  });
});

it('the first rule that fits holds', () => {
  expect(table('/files/:id', '/files/*').find('alpha', 'POST', ['files', 'a'])?.rule.path).toBe('/files/:id');
});

it('a pattern that cannot be read is named', () => {
  expect(() => table('/files', '/(a|b)')).toThrow(
    'providers.alpha.passthrough.1.path has the segment "(a|b)"',
  );
});

it('without rules it is empty', () => {
  expect(table().empty).toBe(true);
});
