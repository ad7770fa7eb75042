import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalToScaled, parsePricing, type PriceTable, type Usage } from '@onerouter/core';
import { priceUsage } from './price-usage.ts';

const count = fc.integer({ min: 0, max: 10_000_000 });
const price = fc
  .bigInt({ min: 1n, max: 10n ** 9n })
  .map((parts) => `0.${parts.toString().padStart(12, '0')}`);
const prices: fc.Arbitrary<PriceTable> = fc
  .record({
    prompt: price,
    completion: price,
    request: price,
    image: price,
    input_cache_read: price,
    input_cache_write: price,
    internal_reasoning: price,
    percent: fc.integer({ min: 0, max: 80 }),
  })
  .map(({ percent, ...pricing }) => parsePricing(pricing, { discount: percent / 100 }));
const usage: fc.Arbitrary<Usage> = fc.record({
  promptTokens: count,
  completionTokens: count,
  cachedTokens: fc.option(count, { nil: undefined }),
  cacheWriteTokens: fc.option(count, { nil: undefined }),
  reasoningTokens: fc.option(count, { nil: undefined }),
  images: fc.option(fc.nat(20), { nil: undefined }),
  source: fc.constant('provider' as const),
});

const NANO = 10n ** 15n;

describe('cost', () => {
  it('is what its lines add up to, exactly', () => {
    fc.assert(
      fc.property(usage, prices, fc.boolean(), (usage, prices, cacheHit) => {
        const { cost, lines } = priceUsage(usage, prices, { cacheHit });
        const sum = lines.reduce((total, { amount }) => total + decimalToScaled(amount, 24), 0n);
        expect(sum).toBe(cost * NANO);
        for (const { quantity, unitPrice, amount } of lines) {
          expect(BigInt(quantity) * decimalToScaled(unitPrice, 24)).toBe(decimalToScaled(amount, 24));
        }
      }),
    );
  });

  it('is rounded up by less than a nano-dollar', () => {
    fc.assert(
      fc.property(usage, prices, (usage, prices) => {
        const rounding = priceUsage(usage, prices).lines.find(({ item }) => item === 'rounding');
        if (rounding) expect(decimalToScaled(rounding.amount, 24) < NANO).toBe(true);
      }),
    );
  });

  it('never falls when more is generated, or when the prompt is longer', () => {
    fc.assert(
      fc.property(count, count, count, prices, (promptTokens, completionTokens, more, prices) => {
        const cost = (prompt: number, completion: number): bigint =>
          priceUsage({ promptTokens: prompt, completionTokens: completion, source: 'provider' }, prices).cost;
        expect(cost(promptTokens, completionTokens + more) >= cost(promptTokens, completionTokens)).toBe(
          true,
        );
        expect(cost(promptTokens + more, completionTokens) >= cost(promptTokens, completionTokens)).toBe(
          true,
        );
      }),
    );
  });

  it('of a cache hit depends on nothing but the prompt', () => {
    fc.assert(
      fc.property(usage, count, prices, (usage, completionTokens, prices) => {
        const hit = priceUsage(usage, prices, { cacheHit: true });
        const other = priceUsage({ ...usage, completionTokens }, prices, { cacheHit: true, images: 7 });
        expect(other).toEqual(hit);
      }),
    );
  });

  it('does not care for numbers that no provider could mean', () => {
    const odd = fc.oneof(fc.double(), fc.integer(), fc.constant(-1), fc.constant(Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(odd, odd, odd, odd, prices, (a, b, c, d, prices) => {
        const usage: Usage = {
          promptTokens: a,
          completionTokens: b,
          cachedTokens: c,
          reasoningTokens: d,
          source: 'provider',
        };
        expect(priceUsage(usage, prices, { images: c }).cost >= 0n).toBe(true);
      }),
    );
  });
});
