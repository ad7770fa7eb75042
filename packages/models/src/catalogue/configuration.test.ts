import { describe, expect, it } from 'vitest';
import { fakeProvider } from '../testing/index.ts';
import type { ModelConfig } from './config.ts';
import { createCatalogue } from './create-catalogue.ts';
import { CatalogueError } from './errors.ts';

const providers = [fakeProvider('alpha'), fakeProvider('beta')];
const pricing = { prompt: '0.000001', completion: '0.000002' };
const good: ModelConfig = { id: 'acme/writer-1', endpoints: [{ provider: 'alpha', model: 'w', pricing }] };
const problemsOf = (...models: unknown[]): string => {
  try {
    createCatalogue({ providers, models: models as ModelConfig[] });
  } catch (err) {
    if (err instanceof CatalogueError) return err.problems.join('\n');
    throw err;
  }
  throw new Error('It should have been refused.');
};
const withEndpoint = (parts: object): object => ({
  ...good,
  endpoints: [{ ...good.endpoints[0], ...parts }],
});

describe('a configuration is refused, naming the place,', () => {
  it.each([
    ['an unknown field of a model', { ...good, contextLenght: 5 }, /models\[0\].*contextLenght/],
    ['an unknown field of an endpoint', withEndpoint({ price: {} }), /models\[0\]\.endpoints\[0\].*price/],
    ['an unknown price', withEndpoint({ pricing: { ...pricing, prompts: '1' } }), /pricing.*prompts/],
    ['an id without an author', { ...good, id: 'writer-1' }, /models\[0\]\.id.*author\/slug/],
    ['no endpoint', { ...good, endpoints: [] }, /models\[0\]\.endpoints/],
    [
      'an unknown provider',
      withEndpoint({ provider: 'gamma' }),
      /endpoints\[0\]\.provider.*"gamma".*alpha, beta/,
    ],
    ['a price as a number', withEndpoint({ pricing: { prompt: 1, completion: '1' } }), /pricing\.prompt/],
    [
      'a missing price',
      withEndpoint({ pricing: undefined }),
      /alpha\/acme\/writer-1: pricing\.prompt is missing/,
    ],
    ['a negative price', withEndpoint({ pricing: { prompt: '-1', completion: '1' } }), /negative/],
    ['a price of zero', withEndpoint({ pricing: { prompt: '0', completion: '0' } }), /free: true/],
    ['a price that is no decimal', withEndpoint({ pricing: { prompt: 'NaN', completion: '1' } }), /decimal/],
    ['a discount of everything', withEndpoint({ discount: 1 }), /discount/],
    ['a context of nothing', { ...good, contextLength: 0 }, /contextLength/],
    ['an unknown modality', { ...good, inputModalities: ['smell'] }, /inputModalities/],
  ])('for %s', (_name, model, place) => {
    expect(problemsOf(model)).toMatch(place);
  });

  it('for a name that two models claim', () => {
    expect(problemsOf(good, { ...good, id: 'acme/other', aliases: ['ACME/Writer-1'] })).toMatch(
      /both acme\/writer-1 and acme\/other/,
    );
    expect(problemsOf(good, good)).toMatch(/acme\/writer-1/);
  });
});

describe('a model', () => {
  it('has defaults for what is not said', () => {
    const model = createCatalogue({ providers, models: [good] }).list()[0];
    expect(model).toMatchObject({
      name: 'acme/writer-1',
      contextLength: null,
      inputModalities: ['text'],
      outputModalities: ['text'],
      knowledgeCutoff: null,
    });
    expect(model?.endpoints[0]).toMatchObject({ supportedParameters: null, quantization: null });
  });

  it('hands its limits and modalities to endpoints that have none of their own', () => {
    const catalogue = createCatalogue({
      providers,
      models: [
        {
          ...good,
          contextLength: 1000,
          inputModalities: ['text', 'image'],
          endpoints: [
            { provider: 'alpha', model: 'w', pricing },
            { provider: 'beta', model: 'w', pricing, contextLength: 500, inputModalities: ['text'] },
          ],
        },
      ],
    });
    const endpoints = catalogue.list()[0]?.endpoints ?? [];
    expect(endpoints.map((one) => one.contextLength)).toEqual([1000, 500]);
    expect(endpoints.map((one) => one.inputModalities)).toEqual([['text', 'image'], ['text']]);
  });

  it('cannot be changed', () => {
    const model = createCatalogue({ providers, models: [good] }).list()[0];
    expect(Object.isFrozen(model)).toBe(true);
    expect(Object.isFrozen(model?.endpoints[0]?.prices)).toBe(true);
  });

  it('may be free when it says so', () => {
    const catalogue = createCatalogue({
      providers,
      models: [{ ...good, endpoints: [{ provider: 'alpha', model: 'w', free: true }] }],
    });
    expect(catalogue.list()[0]?.endpoints[0]?.prices).toMatchObject({
      prompt: 0n,
      completion: 0n,
      free: true,
    });
  });
});

describe('a reload', () => {
  it('keeps everything as it was when the new configuration is bad', () => {
    const catalogue = createCatalogue({ providers, models: [good] });
    const { version } = catalogue;
    const model = catalogue.find('acme/writer-1');
    expect(() => catalogue.replace({ providers: [], models: [good] })).toThrow(CatalogueError);
    expect(catalogue.version).toBe(version);
    expect(catalogue.find('acme/writer-1')).toBe(model);
    expect(catalogue.providers()).toHaveLength(2);
  });

  it('swaps models, names and providers at once', () => {
    const catalogue = createCatalogue({ providers, models: [good] });
    catalogue.replace({ providers: [fakeProvider('alpha')], models: [{ ...good, id: 'acme/writer-2' }] });
    expect(catalogue.find('acme/writer-1')).toBeUndefined();
    expect(catalogue.find('writer-2')?.id).toBe('acme/writer-2');
    expect(catalogue.providers()).toHaveLength(1);
  });
});
