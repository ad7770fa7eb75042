import { describe, expect, it } from 'vitest';
import { builtinModels } from '../builtin/builtin-models.ts';
import { createCatalogue } from '../catalogue/create-catalogue.ts';
import { fakeProvider } from '../testing/index.ts';
import { MAX_SUGGESTIONS, nearNames } from './near-names.ts';

const builtin = builtinModels();
const names = new Set(builtin.flatMap((model) => model.endpoints.map((endpoint) => endpoint.provider)));
const providers = [...names].map((name) => fakeProvider(name));
const catalogue = createCatalogue({ providers, builtin });
const suggest = nearNames(catalogue);

describe('near names', () => {
  it.each([
    ['gpt-4o-mni', 'openai/gpt-4o-mini'],
    ['openai/gpt4o-mini', 'openai/gpt-4o-mini'],
    ['Claude-Sonet-4.5', 'anthropic/claude-sonnet-4.5'],
    ['anthropic/claude-sonnet-4-5-latest', 'anthropic/claude-sonnet-4.5'],
    ['wrong-author/gpt-4o-mini', 'openai/gpt-4o-mini'],
  ])('of %s start with %s', (asked, first) => {
    expect(suggest(asked)[0]).toBe(first);
  });

  it('are few, and ids of models that exist', () => {
    const found = suggest('gpt');
    expect(found.length).toBeLessThanOrEqual(MAX_SUGGESTIONS);
    expect(found.length).toBeGreaterThan(0);
    for (const id of found) expect(catalogue.find(id)?.id).toBe(id);
  });

  it('of hostile names are found without much work', () => {
    for (const hostile of [
      'a'.repeat(256),
      'gpt-'.repeat(64),
      '/'.repeat(256),
      '-'.repeat(256),
      '\u0000',
      '%',
    ]) {
      expect(suggest(hostile).length).toBeLessThanOrEqual(MAX_SUGGESTIONS);
    }
  });

  it('follow the catalogue', () => {
    const changing = createCatalogue({ providers, builtin });
    const near = nearNames(changing);
    expect(near('gpt-4o-mni')).not.toEqual([]);
    changing.replace({ providers });
    expect(near('gpt-4o-mni')).toEqual([]);
  });
});
