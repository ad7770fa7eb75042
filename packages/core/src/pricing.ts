import { Big } from 'big.js';
import { decimalToScaled, scaledToDecimal } from './money.ts';

/** Prices as they stand in configuration and on the wire: decimal text in USD per token or unit, before discount. */
export interface Pricing {
  readonly prompt: string;
  readonly completion: string;
  readonly request?: string;
  readonly image?: string;
  readonly input_cache_read?: string;
  readonly input_cache_write?: string;
  readonly internal_reasoning?: string;
}

/** An amount in 1e-24 USD: fine enough for any price with 12 decimals of discount, so that costs stay exact. */
export type UnitPrice = bigint;

export const UNIT_PRICE_DECIMALS = 24;

/** What one unit of each kind costs, after the endpoint's discount. */
export interface PriceTable {
  readonly prompt: UnitPrice;
  readonly completion: UnitPrice;
  readonly request: UnitPrice;
  readonly image: UnitPrice;
  readonly cacheRead: UnitPrice;
  readonly cacheWrite: UnitPrice;
  readonly reasoning: UnitPrice;
  /** Fraction taken off the configured prices, `0` to `1`. */
  readonly discount: number;
  /** True when the endpoint was declared free; the only way to a price of zero for tokens. */
  readonly free: boolean;
}

export interface PriceOptions {
  /** Fraction taken off every price. @default 0 */
  readonly discount?: number | undefined;
  /** Declares that prompt and completion cost nothing. @default false */
  readonly free?: boolean | undefined;
}

const PRICE_DECIMALS = 12;

/**
 * Checks prices and computes what is charged a unit.
 *
 * A missing cache price falls back to `prompt`, a missing reasoning price to `completion`; `request` and `image`
 * default to nothing.
 *
 * @throws {RangeError} on a price that is missing, negative, not a decimal, or zero without `free: true`. An unknown
 *   price is refused, never read as zero: unpriced models cost one gateway weeks of free traffic
 *   (BerriAI/litellm#35914), a negative sentinel minted credit in another (danny-avila/LibreChat#2359).
 */
export function parsePricing(pricing: Pricing, options: PriceOptions = {}): PriceTable {
  const { discount = 0, free = false } = options;
  if (!(discount >= 0 && discount < 1))
    throw new RangeError(`discount must be from 0 to below 1, not ${discount}.`);
  const kept = new Big(1).minus(discount);
  const read = (name: keyof Pricing): UnitPrice | undefined => {
    const text = pricing[name];
    if (text === undefined) return undefined;
    const price = typeof text === 'string' ? readDecimal(text) : undefined;
    if (price === undefined)
      throw new RangeError(`pricing.${name} must be a decimal text in USD, not ${JSON.stringify(text)}.`);
    if (price.lt(0)) throw new RangeError(`pricing.${name} is negative: ${text}.`);
    return decimalToScaled(
      price.times(kept).round(UNIT_PRICE_DECIMALS, Big.roundUp).toFixed(),
      UNIT_PRICE_DECIMALS,
    );
  };
  const required = (name: 'prompt' | 'completion'): UnitPrice => {
    const price = read(name);
    if (price === undefined) throw new RangeError(`pricing.${name} is missing.`);
    return price;
  };
  const prompt = required('prompt');
  const completion = required('completion');
  const request = read('request') ?? 0n;
  if (prompt === 0n && completion === 0n && request === 0n && !free) {
    throw new RangeError('Every price is zero. Say free: true when the endpoint is meant to cost nothing.');
  }
  return {
    prompt,
    completion,
    request,
    image: read('image') ?? 0n,
    cacheRead: read('input_cache_read') ?? prompt,
    cacheWrite: read('input_cache_write') ?? prompt,
    reasoning: read('internal_reasoning') ?? completion,
    discount,
    free,
  };
}

/** A unit price as exact decimal text in USD. */
export function formatUnitPrice(price: UnitPrice): string {
  return scaledToDecimal(price, UNIT_PRICE_DECIMALS);
}

function readDecimal(text: string): Big | undefined {
  if (!/^-?\d+(\.\d+)?(e-?\d+)?$/i.test(text.trim())) return undefined;
  const price = new Big(text.trim());
  if (!price.eq(price.round(PRICE_DECIMALS * 2, Big.roundDown))) return undefined;
  return price;
}
