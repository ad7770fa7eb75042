import { describe, expect, it } from 'vitest';
import { isUsdInput, plainDecimal, shiftDecimal, usd } from './decimal.ts';

describe('decimal text', () => {
  it.each([
    ['1e-9', '0.000000001'],
    [1.5e-7, '0.00000015'],
    [1e21, '1000000000000000000000'],
    ['0.1200', '0.12'],
    ['12.', '12'],
    ['0', '0'],
    ['-0.50', '-0.5'],
    ['-0.00', '0'],
    ['n/a', 'n/a'],
  ])('writes %s as %s', (value, text) => {
    expect(plainDecimal(value)).toBe(text);
  });

  it.each([
    ['0.00000015', 6, '0.15'],
    ['0.000003', 6, '3'],
    ['0.0000000000015', 6, '0.0000015'],
    ['2', 6, '2000000'],
    ['0', 6, '0'],
    [2.4e-6, 6, '2.4'],
  ])('moves the point of %s by %d: %s', (value, places, text) => {
    expect(shiftDecimal(value, places)).toBe(text);
  });
});

describe('amounts', () => {
  it.each([
    ['5', '$5.00'],
    ['1234567.5', '$1,234,567.50'],
    ['0.000123456', '$0.000123456'],
    ['-12.345', '−$12.345'],
    [1e-9, '$0.000000001'],
  ])('shows %s as %s, exactly', (value, text) => {
    expect(usd(value)).toBe(text);
  });

  it.each([
    ['10', true],
    ['0.5', true],
    ['0.1234567890', false],
    ['1e3', false],
    ['-1', false],
    ['', false],
  ])('takes %s as input: %s', (text, ok) => {
    expect(isUsdInput(text)).toBe(ok);
  });
});
