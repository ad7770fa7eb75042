import { Big } from 'big.js';

/** An amount of money in nano-dollars (1e-9 USD). */
export type Nanos = bigint;

export const NANOS_PER_USD: Nanos = 1_000_000_000n;

const DECIMAL = /^-?\d+(\.\d+)?$/;

/**
 * Reads a decimal amount of US dollars.
 *
 * @param usd decimal text such as `"5.00"`; a number is accepted where JSON brings one
 * @throws {RangeError} when it is no plain decimal, or finer than a nano-dollar
 */
export function parseUsd(usd: string | number): Nanos {
  const text = typeof usd === 'number' && Number.isFinite(usd) ? new Big(usd).toFixed() : String(usd);
  if (!DECIMAL.test(text)) throw new RangeError(`Not an amount in US dollars: ${JSON.stringify(usd)}.`);
  return decimalToScaled(text, 9);
}

/** Writes nano-dollars as the shortest exact decimal text: `1500000000n` → `"1.5"`. */
export function formatUsd(nanos: Nanos): string {
  return scaledToDecimal(nanos, 9);
}

/**
 * Nano-dollars as a JSON number in US dollars, for wire fields that are numbers by contract. Only for showing:
 * arithmetic stays in {@link Nanos}.
 */
export function usdNumber(nanos: Nanos): number {
  const whole = Number(nanos);
  // Both operands are exact then, so the quotient is the number nearest to the amount, as parsing its text would give.
  if (Number.isSafeInteger(whole)) return whole / 1e9;
  return Number(scaledToDecimal(nanos, 9));
}

/**
 * Reads decimal text as an integer of `10^-decimals` units.
 *
 * @throws {RangeError} when the text has more decimals than that
 */
export function decimalToScaled(text: string, decimals: number): bigint {
  const scaled = new Big(text).times(new Big(10).pow(decimals));
  const whole = scaled.toFixed(0, 0);
  if (!scaled.eq(whole)) throw new RangeError(`${text} has more than ${decimals} decimals.`);
  return BigInt(whole);
}

/** Writes an integer of `10^-decimals` units as the shortest exact decimal text. */
export function scaledToDecimal(value: bigint, decimals: number): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, -decimals);
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}
