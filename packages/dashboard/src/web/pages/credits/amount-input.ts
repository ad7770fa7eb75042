import type { Price } from '../../api/payments.ts';
import { compareUsd } from '../../lib/amounts.ts';
import { plainDecimal, usd } from '../../lib/decimal.ts';

/** An amount as typed, without what people put around it. */
export function cleanAmount(text: string): string {
  return text.replaceAll(/[\s$]/g, '').replace(',', '.');
}

/**
 * Why an amount cannot be bought.
 *
 * @param amount as {@link cleanAmount} returns it
 * @returns `undefined` when it can be
 */
export function amountProblem(
  amount: string,
  limits: Pick<Price, 'minimum_usd' | 'maximum_usd'> | undefined,
): string | undefined {
  if (amount === '') return 'How much?';
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(amount)) return 'An amount in dollars and cents, such as 25 or 12.50';
  if (limits === undefined) return undefined;
  const plain = plainDecimal(amount);
  if (compareUsd(plain, limits.minimum_usd) < 0) return `At least ${usd(limits.minimum_usd)}`;
  return compareUsd(plain, limits.maximum_usd) > 0 ? `At most ${usd(limits.maximum_usd)} at once` : undefined;
}
