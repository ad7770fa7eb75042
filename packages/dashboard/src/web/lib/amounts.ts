import { plainDecimal, shiftDecimal } from './decimal.ts';

const NANO_DECIMALS = 9;

/**
 * Adds amounts of the API exactly.
 *
 * @param amounts decimal texts with at most nine decimals
 * @throws {SyntaxError} for what is none
 */
export function sumUsd(amounts: Iterable<string>): string {
  let sum = 0n;
  for (const amount of amounts) sum += nanosOf(amount);
  return shiftDecimal(String(sum), -NANO_DECIMALS);
}

/** Orders amounts: below zero when `a` is less. */
export function compareUsd(a: string, b: string): number {
  const difference = nanosOf(a) - nanosOf(b);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

function nanosOf(amount: string): bigint {
  return BigInt(shiftDecimal(plainDecimal(amount), NANO_DECIMALS));
}
