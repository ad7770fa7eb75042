import { describe, expect, it } from 'vitest';
import { providerConfigSchema } from './config.ts';
import { createProviders, PRESET_TIMEOUTS } from './create-providers.ts';
import { openaiDialect } from './openai/dialect.ts';
import { PROVIDER_PRESETS } from './presets.ts';

describe('a provider that is known by name', () => {
  it.each(Object.keys(PROVIDER_PRESETS))('%s needs no more than a key', (name) => {
    const provider = createProviders({ [name]: { apiKey: 'sk-1' } }).get(name);
    expect(provider).toMatchObject({ name, apiKeys: ['sk-1'], timeouts: PRESET_TIMEOUTS });
    expect(provider?.baseUrl).toMatch(/^https:\/\/[^/]+(\/.*[^/])?$/);
  });

  it('can be told otherwise', () => {
    const provider = createProviders({
      openai: { baseUrl: 'http://127.0.0.1:1/v1/', retainsPrompts: false },
    });
    expect(provider.get('openai')).toMatchObject({ baseUrl: 'http://127.0.0.1:1/v1', retainsPrompts: false });
  });
});

describe("a provider of one's own", () => {
  it('waits for whole answers as long as for first tokens, unless told', () => {
    expect(timeoutsOf({ firstTokenMs: 7 })).toMatchObject({ firstTokenMs: 7, headersMs: 7 });
    expect(timeoutsOf({ firstTokenMs: 7, headersMs: 9 })).toMatchObject({ firstTokenMs: 7, headersMs: 9 });
  });

  it('can bring its dialect', () => {
    const mine = { ...openaiDialect(), name: 'mine' };
    const providers = createProviders(
      { a: { dialect: 'mine', baseUrl: 'http://127.0.0.1:1' } },
      { dialects: { mine: () => mine } },
    );
    expect(providers.get('a')?.dialect).toBe(mine);
  });

  it('is refused without an address, by name', () => {
    expect(() => createProviders({ mine: {} })).toThrow('providers.mine.baseUrl');
  });

  it('is refused with an unknown dialect, by name', () => {
    expect(() => createProviders({ mine: { dialect: 'esperanto', baseUrl: 'http://127.0.0.1:1' } })).toThrow(
      'providers.mine.dialect: there is no dialect esperanto; have openai.',
    );
  });
});

it('unknown fields are refused by name', () => {
  const checked = providerConfigSchema.safeParse({ baseUrl: 'http://127.0.0.1:1', apikey: 'x' });
  expect(checked.success).toBe(false);
  expect(checked.error?.issues[0]?.message).toContain('apikey');
});

function timeoutsOf(timeouts: object): unknown {
  return createProviders({ mine: { baseUrl: 'http://127.0.0.1:1', timeouts } }).get('mine')?.timeouts;
}
