import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalToScaled } from './money.ts';
import { formatUnitPrice, parsePricing, UNIT_PRICE_DECIMALS, type Pricing } from './pricing.ts';

const PLAIN: Pricing = { prompt: '0.00000015', completion: '0.0000006' };

describe('prices', () => {
  it('fall back: caches to prompt, reasoning to completion, request and image to nothing', () => {
    const table = parsePricing(PLAIN);
    expect(formatUnitPrice(table.prompt)).toBe('0.00000015');
    expect(table).toMatchObject({
      cacheRead: table.prompt,
      cacheWrite: table.prompt,
      reasoning: table.completion,
      request: 0n,
      image: 0n,
      discount: 0,
      free: false,
    });
  });

  it('are all lowered by the discount, exactly', () => {
    const full = { ...PLAIN, request: '0.01', image: '0.001', input_cache_read: '0.000000075' };
    const table = parsePricing(full, { discount: 0.2 });
    expect(formatUnitPrice(table.prompt)).toBe('0.00000012');
    expect(formatUnitPrice(table.completion)).toBe('0.00000048');
    expect(formatUnitPrice(table.request)).toBe('0.008');
    expect(formatUnitPrice(table.image)).toBe('0.0008');
    expect(formatUnitPrice(table.cacheRead)).toBe('0.00000006');
  });

  it('are exact for any price with 12 decimals and any discount with 12', () => {
    const trillionths = fc.integer({ min: 1, max: 1_000_000_000 });
    fc.assert(
      fc.property(trillionths, fc.integer({ min: 0, max: 99 }), (price, percent) => {
        const text = `0.${String(price).padStart(12, '0')}`;
        const table = parsePricing({ prompt: text, completion: text }, { discount: percent / 100 });
        const full = decimalToScaled(text, UNIT_PRICE_DECIMALS);
        expect(table.prompt * 100n).toBe(full * BigInt(100 - percent));
      }),
    );
  });

  it.each<[string, Partial<Pricing>]>([
    ['negative', { prompt: '-1' }],
    ['no number', { prompt: 'NaN' }],
    ['infinite', { completion: 'Infinity' }],
    ['empty', { completion: '' }],
    ['hexadecimal', { request: '0x1' }],
    ['a JSON number', { prompt: 0.5 as unknown as string }],
    ['null', { image: null as unknown as string }],
    ['finer than can be kept', { prompt: '0.0000000000000000000000001' }],
  ])('that are %s are refused', (_name, wrong) => {
    expect(() => parsePricing({ ...PLAIN, ...wrong })).toThrow(RangeError);
  });

  it('that are missing are refused, never read as zero', () => {
    expect(() => parsePricing({ prompt: '1' } as Pricing)).toThrow('completion');
    expect(() => parsePricing({ completion: '1' } as Pricing)).toThrow('prompt');
  });

  it('of zero need to be declared', () => {
    const zero = { prompt: '0', completion: '0' };
    expect(() => parsePricing(zero)).toThrow('free: true');
    expect(parsePricing(zero, { free: true })).toMatchObject({ prompt: 0n, free: true });
    expect(parsePricing({ ...zero, request: '0.01' }).request).toBeGreaterThan(0n);
  });

  it.each([-0.1, 1, 1.5, Number.NaN])('with a discount of %d are refused', (discount) => {
    expect(() => parsePricing(PLAIN, { discount })).toThrow(RangeError);
  });
});
