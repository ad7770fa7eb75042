import { describe, expect, it } from 'vitest';
import { compareUsd, sumUsd } from './amounts.ts';

describe('sums of amounts', () => {
  it('are exact where floating point is not', () => {
    expect(sumUsd(['0.1', '0.2'])).toBe('0.3');
    expect(sumUsd(['9007199254.740993', '0.000000001', '-1'])).toBe('9007199253.740993001');
    expect(sumUsd([])).toBe('0');
    expect(sumUsd(['0.5', '-0.500000001'])).toBe('-0.000000001');
  });

  it('are ordered by value, not by text', () => {
    const amounts = ['10', '9.5', '-1', '0.000000001', '0'];
    expect(amounts.toSorted(compareUsd)).toEqual(['-1', '0', '0.000000001', '9.5', '10']);
    expect(compareUsd('1.0', '1')).toBe(0);
  });
});
