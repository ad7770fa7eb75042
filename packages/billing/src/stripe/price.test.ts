import { parseUsd } from '@onerouter/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CENT } from './cents.ts';
import { priceOf, readPercent } from './price.ts';

const STANDARD = { fixed: parseUsd('0.35'), percent: readPercent('5') };

describe('the price of credit', () => {
  it.each([
    ['10', '0.85'],
    ['5', '0.6'],
    ['12.34', '0.97'],
    ['0.01', '0.36'],
    ['10.20', '0.86'],
    ['999999.99', '50000.35'],
  ])('of $%s has a fee of $%s', (amount, fee) => {
    const price = priceOf(parseUsd(amount), STANDARD);
    expect(price.fee).toBe(parseUsd(fee));
    expect(price.total).toBe(parseUsd(amount) + parseUsd(fee));
  });

  it('has no fee when none is charged, and takes fractions of a percent', () => {
    expect(priceOf(parseUsd('10'), { fixed: 0n, percent: 0n }).fee).toBe(0n);
    expect(priceOf(parseUsd('1000'), { fixed: 0n, percent: readPercent('2.95') }).fee).toBe(parseUsd('29.5'));
    expect(() => readPercent('0.0000000001')).toThrow(RangeError);
  });

  it('is never below the exact one, and less than a cent above it', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 8n }),
        fc.bigInt({ min: 0n, max: 10n ** 4n }),
        fc.bigInt({ min: 0n, max: 20n * 10n ** 9n }),
        (cents, fixedCents, percent) => {
          const [amount, fixed] = [cents * CENT, fixedCents * CENT];
          const { fee } = priceOf(amount, { fixed, percent });
          const scale = 100n * 10n ** 9n;
          const exact = fixed * scale + amount * percent;
          expect(fee % CENT).toBe(0n);
          expect(fee * scale >= exact).toBe(true);
          expect((fee - CENT) * scale < exact).toBe(true);
        },
      ),
    );
  });
});
