import { describe, expect, it } from 'vitest';
import type { Provider } from '@onerouter/core';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ModelConfig } from '../catalogue/config.ts';
import { fakeProvider } from './fixtures.ts';

/** What an adapter is asked to hold. */
export interface CatalogueContent {
  readonly providers: readonly Provider[];
  readonly models: readonly ModelConfig[];
}

/** An adapter under test: a catalogue, and how to give it other content. */
export interface CatalogueUnderTest {
  readonly catalogue: Catalogue;
  readonly replace: (content: CatalogueContent) => void | Promise<void>;
}

const alpha = fakeProvider('alpha');
const pricing = { prompt: '0.000001', completion: '0.000002' };
const writer: ModelConfig = {
  id: 'acme/Writer-1',
  aliases: ['scribe', 'writer@2024'],
  endpoints: [
    { provider: 'alpha', model: 'w1', pricing },
    { provider: 'alpha', model: 'w1-large', pricing },
  ],
};
const reader: ModelConfig = { id: 'acme/reader-1', endpoints: [{ provider: 'alpha', model: 'r1', pricing }] };
const content: CatalogueContent = { providers: [alpha], models: [writer, reader] };

/**
 * The exam of a {@link Catalogue} adapter. Call it in a test file.
 *
 * @param open makes the adapter with the content given
 */
export function catalogueTests(
  name: string,
  open: (content: CatalogueContent) => CatalogueUnderTest | Promise<CatalogueUnderTest>,
): void {
  describe(`${name} is a catalogue`, () => {
    it('finds a model by id, alias, name@version and bare slug, whatever the case', async () => {
      const { catalogue } = await open(content);
      for (const asked of ['acme/Writer-1', 'ACME/writer-1', 'Scribe', 'writer@2024', 'writer-1']) {
        expect(catalogue.find(asked)?.id, asked).toBe('acme/Writer-1');
      }
      expect(catalogue.find('acme/unknown')).toBeUndefined();
      expect(catalogue.find('')).toBeUndefined();
    });

    it('lists models in the configured order, and every provider', async () => {
      const { catalogue } = await open(content);
      expect(catalogue.list().map((model) => model.id)).toEqual(['acme/Writer-1', 'acme/reader-1']);
      expect(catalogue.providers().map((provider) => provider.name)).toEqual(['alpha']);
    });

    it('returns the same objects until its version changes', async () => {
      const { catalogue } = await open(content);
      expect(catalogue.list()).toBe(catalogue.list());
      expect(catalogue.find('scribe')).toBe(catalogue.find('acme/writer-1'));
    });

    it('takes new content whole, under a new version and with the same endpoint ids', async () => {
      const { catalogue, replace } = await open(content);
      const { version } = catalogue;
      const ids = catalogue.find('scribe')?.endpoints.map((endpoint) => endpoint.id);
      expect(ids).toEqual(['alpha/acme/Writer-1', 'alpha/acme/Writer-1#2']);
      await replace({ providers: [alpha], models: [writer] });
      expect(catalogue.version).not.toBe(version);
      expect(catalogue.find('acme/reader-1')).toBeUndefined();
      expect(catalogue.find('scribe')?.endpoints.map((endpoint) => endpoint.id)).toEqual(ids);
    });

    it('computes what is charged from configured price and discount', async () => {
      const discounted = {
        ...reader,
        endpoints: [{ provider: 'alpha', model: 'r1', pricing, discount: 0.5 }],
      };
      const { catalogue } = await open({ providers: [alpha], models: [discounted] });
      const endpoint = catalogue.list()[0]?.endpoints[0];
      expect(endpoint?.pricing.prompt).toBe('0.000001');
      expect(endpoint?.prices.prompt).toBe(500_000_000_000_000_000n);
    });
  });
}
