import { describe, expect, it } from 'vitest';
import { amountProblem, cleanAmount } from './amount-input.ts';

const LIMITS = { minimum_usd: '1', maximum_usd: '10000' };

describe('an amount to buy', () => {
  it.each([
    [' $25 ', '25'],
    ['12,50', '12.50'],
  ])('%s is read as %s', (text, amount) => {
    expect(cleanAmount(text)).toBe(amount);
  });

  it.each(['1', '12.5', '12.50', '10000', '10000.00'])('can be %s', (amount) => {
    expect(amountProblem(amount, LIMITS)).toBeUndefined();
  });

  it.each([
    ['', /How much/],
    ['12.345', /dollars and cents/],
    ['1e3', /dollars and cents/],
    ['-5', /dollars and cents/],
    ['0.99', /At least \$1\.00/],
    ['10000.01', /At most \$10,000\.00/],
  ])('cannot be %j', (amount, problem) => {
    expect(amountProblem(amount, LIMITS)).toMatch(problem);
  });
});
