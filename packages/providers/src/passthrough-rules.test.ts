import { describe, expect, it } from 'vitest';
import { providerConfigSchema, type PassthroughConfig } from './config.ts';
import { createProviders } from './create-providers.ts';

function create(rule: object): ReturnType<typeof createProviders> {
  const passthrough = [rule as PassthroughConfig];
  return createProviders({ alpha: { baseUrl: 'http://127.0.0.1:1', passthrough } });
}

const RULE = { method: 'POST', path: '/files', priceUsd: '0.01' };

it('a provider passes through what its configuration lists, at its price', () => {
  expect(create(RULE).get('alpha')?.passthrough).toEqual([
    { method: 'POST', path: '/files', price: 10_000_000n },
  ]);
});

it('nothing is passed through by default', () => {
  const providers = createProviders({ alpha: { baseUrl: 'http://127.0.0.1:1' } });
  expect(providers.get('alpha')?.passthrough).toEqual([]);
});

describe('a rule is refused by name, in a file and in code', () => {
  it.each([
    ['method', { ...RULE, method: 'post' }],
    ['method', { ...RULE, method: 'HEAD' }],
    ['priceUsd', { method: 'POST', path: '/files' }],
    ['priceUsd', { ...RULE, priceUsd: 0.01 }],
    ['priceUsd', { ...RULE, priceUsd: '-1' }],
    ['priceUsd', { ...RULE, priceUsd: '' }],
    ['priceUsd', { ...RULE, priceUsd: '0.0000000001' }],
  ])('%s of %j', (field, rule) => {
    expect(() => create(rule)).toThrow(`providers.alpha.passthrough.0.${field}`);
    const checked = providerConfigSchema.safeParse({ passthrough: [rule] });
    expect(checked.error?.issues[0]?.path).toEqual(['passthrough', 0, field]);
  });
});
