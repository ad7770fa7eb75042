import { describe, expect, it } from 'vitest';
import type { Model } from '../../api/models.ts';
import { applyFilters, isNarrowed, readFilters, writeFilters, type Filters } from './filters.ts';

function model(id: string, fields: Partial<Model> = {}): Model {
  return {
    id,
    name: id,
    created: 0,
    context_length: 8_000,
    architecture: { input_modalities: ['text'], output_modalities: ['text'] },
    pricing: { prompt: '0.000001', completion: '0.000002' },
    supported_parameters: [],
    ...fields,
  };
}

const MODELS = [
  model('acme/writer', { created: 1, aliases: ['scribe'], context_length: 128_000 }),
  model('acme/seer', {
    created: 3,
    architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
    pricing: { prompt: '0.0000003', completion: '0.000001' },
  }),
  model('bold/tiny', {
    created: 2,
    context_length: null,
    pricing: { prompt: '0.0000003', completion: '0.0000005' },
  }),
];

function ids(query: string): readonly string[] {
  return applyFilters(MODELS, readFilters(new URLSearchParams(query))).map(({ id }) => id);
}

describe('filters of the models page', () => {
  it.each([
    ['', ['acme/seer', 'bold/tiny', 'acme/writer']],
    ['q=SCRIBE', ['acme/writer']],
    ['q=acme+wri', ['acme/writer']],
    ['q=nothing', []],
    ['input=image', ['acme/seer']],
    ['context=100000', ['acme/writer']],
    // Three tenths of a millionth are not exact as a float; the bound itself still counts.
    ['max_price=0.3&sort=price', ['bold/tiny', 'acme/seer']],
    ['sort=context', ['acme/writer', 'acme/seer', 'bold/tiny']],
    ['sort=latency', ['acme/writer', 'acme/seer', 'bold/tiny']],
  ])('%s', (query, expected) => {
    expect(ids(query)).toEqual(expected);
  });

  it('stand in the address, and are read from it', () => {
    const filters: Filters = {
      text: 'a b',
      provider: 'alpha',
      inputs: ['image', 'file'],
      minContext: 32_000,
      maxPrice: 0,
      sort: 'price',
      view: 'cards',
    };
    expect(readFilters(writeFilters(filters))).toEqual(filters);
  });

  it('take nonsense in an address for nothing', () => {
    const filters = readFilters(new URLSearchParams('context=much&max_price=-1&sort=worst&view=3d'));
    expect(isNarrowed(filters)).toBe(false);
    expect(writeFilters(filters).toString()).toBe('');
    expect(filters.view).toBeUndefined();
  });
});
