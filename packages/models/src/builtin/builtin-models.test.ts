import { describe, expect, it } from 'vitest';
import type { Provider } from '@onerouter/core';
import { createCatalogue } from '../catalogue/create-catalogue.ts';
import { modelsConfig } from '../catalogue/config.ts';
import { findWish } from '../resolve/variants.ts';
import { fakeProvider } from '../testing/index.ts';
import { builtinModels } from './builtin-models.ts';

const models = builtinModels();
const names = [...new Set(models.flatMap((model) => model.endpoints.map((endpoint) => endpoint.provider)))];
const all = names.map((name) => fakeProvider(name));
const withProviders = (...wanted: string[]): readonly Provider[] =>
  all.filter((provider) => wanted.includes(provider.name));

describe('the built-in models', () => {
  it('are hundreds, at more than ten providers', () => {
    expect(models.length).toBeGreaterThan(300);
    expect(names.length).toBeGreaterThan(10);
  });

  it('pass the check that configuration files pass, and have ids of their own', () => {
    expect(modelsConfig.safeParse(models).error).toBeUndefined();
    expect(new Set(models.map((model) => model.id)).size).toBe(models.length);
  });

  it('have prices: positive decimals, or declared free', () => {
    for (const model of models) {
      for (const { free, pricing } of model.endpoints) {
        for (const price of Object.values(pricing ?? {})) expect(price, model.id).toMatch(/^\d+(\.\d+)?$/);
        if (free !== true) expect(Number(pricing?.prompt), model.id).toBeGreaterThan(0);
        expect(Number(pricing?.prompt), model.id).toBeLessThan(0.001);
        expect(Number(pricing?.completion), model.id).toBeLessThan(0.001);
        expect(Number(pricing?.input_cache_read ?? 0), model.id).toBeLessThanOrEqual(Number(pricing?.prompt));
      }
    }
  });

  it('know the context and the parameters of every endpoint', () => {
    for (const model of models) {
      for (const endpoint of model.endpoints) {
        expect(endpoint.contextLength, model.id).toBeGreaterThan(0);
        expect(endpoint.supportedParameters?.length, model.id).toBeGreaterThan(0);
      }
    }
  });

  it('are narrowed to the configured providers', () => {
    const catalogue = createCatalogue({ providers: withProviders('openai'), builtin: models });
    expect(catalogue.list().length).toBeGreaterThan(20);
    for (const model of catalogue.list())
      expect(model.endpoints.map((endpoint) => endpoint.provider.name)).toEqual(['openai']);
    expect(createCatalogue({ providers: [], builtin: models }).list()).toEqual([]);
  });

  it('answer to bare names and to name@version', () => {
    const catalogue = createCatalogue({ providers: withProviders('openai', 'anthropic'), builtin: models });
    const upstream = (name: string): string | undefined =>
      findWish(catalogue, name)?.model.endpoints[0]?.upstreamModel;
    expect(upstream('gpt-4o-mini')).toBe('gpt-4o-mini');
    expect(upstream('gpt-4o@2024-08-06')).toBe('gpt-4o-2024-08-06');
    expect(upstream('claude-3-5-sonnet@20240620')).toBe('claude-3-5-sonnet-20240620');
    expect(upstream('anthropic/claude-3.5-sonnet')).toBe('claude-3-5-sonnet-20241022');
    expect(upstream('text-embedding-3-small')).toBe('text-embedding-3-small');
  });

  it('offer a model at several providers under one id', () => {
    const catalogue = createCatalogue({ providers: all, builtin: models });
    const endpoints = catalogue.find('openai/gpt-oss-120b')?.endpoints ?? [];
    expect(endpoints.length).toBeGreaterThan(3);
  });

  it('give way to a configured model with the same id or alias', () => {
    const pricing = { prompt: '0.000001', completion: '0.000001' };
    const catalogue = createCatalogue({
      providers: withProviders('openai'),
      models: [
        { id: 'openai/gpt-4o-mini', endpoints: [{ provider: 'openai', model: 'mine', pricing }] },
        { id: 'acme/own', aliases: ['gpt-4.1'], endpoints: [{ provider: 'openai', model: 'own', pricing }] },
      ],
      builtin: models,
    });
    expect(catalogue.find('gpt-4o-mini')?.endpoints.map((endpoint) => endpoint.upstreamModel)).toEqual([
      'mine',
    ]);
    expect(catalogue.find('gpt-4.1')?.id).toBe('acme/own');
    expect(catalogue.find('openai/gpt-4.1')?.id).toBe('openai/gpt-4.1');
    expect(catalogue.list().filter((model) => model.id === 'openai/gpt-4o-mini')).toHaveLength(1);
  });
});
