import { describe, expect, it } from 'vitest';
import { parsePricing, type Pricing, type Usage } from '@onerouter/core';
import { priceUsage } from './price-usage.ts';

/*
 * Costs worked out by hand. Prices are what providers list, so in USD a token: "0.00000015" is $0.15 a million, which is
 * 150 nano-dollars a token.
 */

interface Case {
  readonly what: string;
  readonly pricing: Pricing;
  readonly usage: Partial<Usage>;
  readonly discount?: number;
  readonly images?: number;
  readonly cacheHit?: boolean;
  readonly free?: boolean;
  /** Nano-dollars. */
  readonly cost: bigint;
}

/** $0.15 in, $0.60 out, $0.075 cached a million: 150, 600 and 75 nanos a token. */
const mini: Pricing = { prompt: '0.00000015', completion: '0.0000006', input_cache_read: '0.000000075' };
/** $3, $15, $0.30 cached, $3.75 written: 3,000, 15,000, 300 and 3,750 nanos a token. */
const sonnet: Pricing = {
  prompt: '0.000003',
  completion: '0.000015',
  input_cache_read: '0.0000003',
  input_cache_write: '0.00000375',
};
/** $0.55, $2.19, reasoning at $4: 550, 2,190 and 4,000 nanos a token. */
const thinker: Pricing = { prompt: '0.00000055', completion: '0.00000219', internal_reasoning: '0.000004' };
/** $0.02 a million: 20 nanos a token. */
const embedder: Pricing = { prompt: '0.00000002', completion: '0' };
/** Half a cent a request, a tenth of a cent an image, $1 and $2 a million tokens. */
const vision: Pricing = { prompt: '0.000001', completion: '0.000002', request: '0.005', image: '0.001' };
/** A tenth of a nano-dollar a token, in and out. */
const dust: Pricing = { prompt: '0.0000000001', completion: '0.0000000001' };
const nothing: Pricing = { prompt: '0', completion: '0' };

// prettier-ignore
const CASES: readonly Case[] = [
  { what: 'nothing used', pricing: mini, usage: {}, cost: 0n },
  { what: 'a prompt token', pricing: mini, usage: { promptTokens: 1 }, cost: 150n },
  { what: 'a completion token', pricing: mini, usage: { completionTokens: 1 }, cost: 600n },
  { what: 'prompt and completion', pricing: mini, usage: { promptTokens: 1000, completionTokens: 500 }, cost: 450_000n },
  { what: 'a million of each', pricing: mini, usage: { promptTokens: 1_000_000, completionTokens: 1_000_000 }, cost: 750_000_000n },
  { what: 'some cached', pricing: mini, usage: { promptTokens: 1000, cachedTokens: 400 }, cost: 120_000n },
  { what: 'all cached', pricing: mini, usage: { promptTokens: 1000, cachedTokens: 1000 }, cost: 75_000n },
  { what: 'more cached than prompt: all of it', pricing: mini, usage: { promptTokens: 1000, cachedTokens: 5000 }, cost: 75_000n },
  { what: 'negative cached: none', pricing: mini, usage: { promptTokens: 1000, cachedTokens: -7 }, cost: 150_000n },
  { what: 'negative prompt: none', pricing: mini, usage: { promptTokens: -1000, completionTokens: 10 }, cost: 6_000n },
  { what: 'negative completion: none', pricing: mini, usage: { promptTokens: 10, completionTokens: -10 }, cost: 1_500n },
  { what: 'NaN: none', pricing: mini, usage: { promptTokens: Number.NaN, completionTokens: 3 }, cost: 1_800n },
  { what: 'a fraction of a token: the whole ones', pricing: mini, usage: { promptTokens: 2.9 }, cost: 300n },
  { what: 'reasoning at the completion price where it has none', pricing: mini, usage: { completionTokens: 100, reasoningTokens: 40 }, cost: 60_000n },
  { what: 'reasoning at its own price', pricing: thinker, usage: { promptTokens: 10, completionTokens: 100, reasoningTokens: 40 }, cost: 296_900n },
  { what: 'reasoning only', pricing: thinker, usage: { completionTokens: 40, reasoningTokens: 40 }, cost: 160_000n },
  { what: 'more reasoning than completion: all of it', pricing: thinker, usage: { completionTokens: 10, reasoningTokens: 99 }, cost: 40_000n },
  { what: 'cached at the prompt price where it has none', pricing: thinker, usage: { promptTokens: 100, cachedTokens: 60 }, cost: 55_000n },
  { what: 'written to the cache, on top', pricing: sonnet, usage: { promptTokens: 2000, completionTokens: 100, cacheWriteTokens: 1000 }, cost: 11_250_000n },
  { what: 'cached and written', pricing: sonnet, usage: { promptTokens: 2000, completionTokens: 0, cachedTokens: 1000, cacheWriteTokens: 500 }, cost: 5_175_000n },
  { what: 'written more than is left of the prompt: the rest', pricing: sonnet, usage: { promptTokens: 100, cachedTokens: 90, cacheWriteTokens: 50 }, cost: 94_500n },
  { what: 'a long answer', pricing: sonnet, usage: { promptTokens: 1234, completionTokens: 5678 }, cost: 88_872_000n },
  { what: 'embeddings', pricing: embedder, usage: { promptTokens: 8191 }, cost: 163_820n },
  { what: 'a request price alone', pricing: vision, usage: {}, cost: 5_000_000n },
  { what: 'request, prompt and completion', pricing: vision, usage: { promptTokens: 100, completionTokens: 50 }, cost: 5_200_000n },
  { what: 'images', pricing: vision, usage: { promptTokens: 100 }, images: 3, cost: 8_100_000n },
  { what: 'images as usage counts them', pricing: vision, usage: { promptTokens: 100, images: 2 }, cost: 7_100_000n },
  { what: 'images as told rather than as counted', pricing: vision, usage: { promptTokens: 100, images: 2 }, images: 1, cost: 6_100_000n },
  { what: 'images that have no price', pricing: mini, usage: { promptTokens: 1 }, images: 9, cost: 150n },
  { what: 'a part of a nano-dollar, rounded up', pricing: dust, usage: { promptTokens: 1 }, cost: 1n },
  { what: 'ten parts that make a whole', pricing: dust, usage: { promptTokens: 4, completionTokens: 6 }, cost: 1n },
  { what: 'eleven parts, rounded once and not twice', pricing: dust, usage: { promptTokens: 5, completionTokens: 6 }, cost: 2n },
  { what: 'a discount of a fifth', pricing: mini, usage: { promptTokens: 1000, completionTokens: 500 }, discount: 0.2, cost: 360_000n },
  { what: 'a discount of a half, on the request price too', pricing: vision, usage: { promptTokens: 100 }, images: 1, discount: 0.5, cost: 3_050_000n },
  { what: 'a discount of four fifths', pricing: sonnet, usage: { promptTokens: 10, completionTokens: 10 }, discount: 0.8, cost: 36_000n },
  { what: 'a discount that leaves parts: 150 × 0.67 = 100.5', pricing: mini, usage: { promptTokens: 1 }, discount: 0.33, cost: 101n },
  { what: 'a discount that leaves parts, twice: 201', pricing: mini, usage: { promptTokens: 2 }, discount: 0.33, cost: 201n },
  { what: 'a discount on cached tokens: 37.5 × 3 = 112.5', pricing: mini, usage: { promptTokens: 3, cachedTokens: 3 }, discount: 0.5, cost: 113n },
  { what: 'a cache hit: the prompt, cached', pricing: mini, usage: { promptTokens: 1000, completionTokens: 500 }, cacheHit: true, cost: 75_000n },
  { what: 'a cache hit without a cache price', pricing: thinker, usage: { promptTokens: 100, completionTokens: 500, reasoningTokens: 9 }, cacheHit: true, cost: 55_000n },
  { what: 'a cache hit: no request, no image', pricing: vision, usage: { promptTokens: 100, completionTokens: 5 }, images: 4, cacheHit: true, cost: 100_000n },
  { what: 'a cache hit with a discount', pricing: sonnet, usage: { promptTokens: 1001 }, cacheHit: true, discount: 0.25, cost: 225_225n },
  { what: 'a free endpoint', pricing: nothing, usage: { promptTokens: 1000, completionTokens: 1000 }, free: true, cost: 0n },
  { what: 'a price with twelve decimals: 0.123 × 1000', pricing: { prompt: '0.000000000123', completion: '0' }, usage: { promptTokens: 1000 }, cost: 123n },
  { what: 'a price in exponent form', pricing: { prompt: '1.5e-7', completion: '6e-7' }, usage: { promptTokens: 2, completionTokens: 1 }, cost: 900n },
  { what: 'more tokens than 32 bits hold', pricing: mini, usage: { promptTokens: 4_294_967_296 }, cost: 644_245_094_400n },
];

describe('cost, against numbers worked out by hand', () => {
  it('has at least forty of them', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(40);
  });

  it.each(CASES)('$what', ({ pricing, usage, discount, images, cacheHit, free, cost }) => {
    const used: Usage = { promptTokens: 0, completionTokens: 0, source: 'provider', ...usage };
    const prices = parsePricing(pricing, { discount, free });
    expect(priceUsage(used, prices, { images, cacheHit }).cost).toBe(cost);
  });

  it('writes a bill with quantity, unit price and exact amount, and the rounding beside', () => {
    const prices = parsePricing(mini, { discount: 0.33 });
    const usage: Usage = { promptTokens: 1, completionTokens: 2, source: 'provider' };
    expect(priceUsage(usage, prices)).toEqual({
      cost: 905n,
      discount: 0.33,
      lines: [
        { item: 'prompt', quantity: 1, unitPrice: '0.0000001005', amount: '0.0000001005' },
        { item: 'completion', quantity: 2, unitPrice: '0.000000402', amount: '0.000000804' },
        { item: 'rounding', quantity: 1, unitPrice: '0.0000000005', amount: '0.0000000005' },
      ],
    });
  });
});
