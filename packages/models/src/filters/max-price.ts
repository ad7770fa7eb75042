import { decimalToScaled, UNIT_PRICE_DECIMALS, type PriceTable, type UnitPrice } from '@onerouter/core';
import type { Filter } from '../resolve/ask.ts';

/** `max_price` of tokens is in USD per million, of requests and images in USD each. */
const DECIMALS = {
  prompt: UNIT_PRICE_DECIMALS - 6,
  completion: UNIT_PRICE_DECIMALS - 6,
  request: UNIT_PRICE_DECIMALS,
  image: UNIT_PRICE_DECIMALS,
} as const;

type Priced = keyof typeof DECIMALS & keyof PriceTable;

/** Endpoints that cost more, after discount, than `provider.max_price` allows. */
export const maxPriceFilter: Filter = {
  name: 'max_price',
  forAsk({ preferences: { max_price } }) {
    if (!max_price) return undefined;
    const limits: [Priced, UnitPrice][] = [];
    for (const item of Object.keys(DECIMALS) as Priced[]) {
      const limit = readLimit(max_price[item], DECIMALS[item]);
      if (limit !== undefined) limits.push([item, limit]);
    }
    return ({ endpoint: { prices } }) => limits.every(([item, limit]) => prices[item] <= limit);
  },
};

function readLimit(usd: number | string | null | undefined, decimals: number): UnitPrice | undefined {
  if (usd === null || usd === undefined) return undefined;
  const text = typeof usd === 'number' ? plainDecimal(usd) : usd;
  const [whole = '0', fraction = ''] = text.split('.');
  // A limit finer than any price says nothing that its leading digits do not.
  return decimalToScaled(`${whole}.${fraction.slice(0, decimals)}0`, decimals);
}

/** A number as decimal text, also where JavaScript would write an exponent. */
function plainDecimal(value: number): string {
  const text = String(value);
  if (!/e/i.test(text)) return text;
  return value < 1 ? value.toFixed(20) : BigInt(Math.trunc(value)).toString();
}
