import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalToScaled, formatUsd, parseUsd, scaledToDecimal, usdNumber } from './money.ts';

describe('amounts in US dollars', () => {
  it.each([
    ['0', 0n],
    ['5.00', 5_000_000_000n],
    ['0.000000001', 1n],
    ['-1.5', -1_500_000_000n],
    [0.1, 100_000_000n],
    [1e-7, 100n],
    ['9223372036.854775807', 9_223_372_036_854_775_807n],
  ])('%j is %s nano-dollars', (usd, nanos) => {
    expect(parseUsd(usd)).toBe(nanos);
  });

  it.each(['', ' 1', '1,5', '1e3', '.5', '5.', '0x10', 'NaN', '0.0000000001', Number.NaN, Infinity])(
    'refuses %j',
    (usd) => {
      expect(() => parseUsd(usd)).toThrow(RangeError);
    },
  );

  it('are written as the shortest exact text, and read back the same', () => {
    expect([formatUsd(1_500_000_000n), formatUsd(-1n), formatUsd(0n)]).toEqual(['1.5', '-0.000000001', '0']);
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), (nanos) => {
        const text = formatUsd(nanos);
        expect(parseUsd(text)).toBe(nanos);
        expect(text).not.toMatch(/\.\d*0$|\.$/);
      }),
    );
  });

  it('can be shown as a number', () => {
    expect(usdNumber(123_456_789n)).toBe(0.123456789);
  });
});

describe('scaled integers', () => {
  it('hold decimals exactly at any scale', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 1, max: 30 }), (value, decimals) => {
        expect(decimalToScaled(scaledToDecimal(value, decimals), decimals)).toBe(value);
      }),
    );
  });

  it('refuse what is finer than their unit', () => {
    expect(() => decimalToScaled('0.15', 1)).toThrow(RangeError);
  });
});
