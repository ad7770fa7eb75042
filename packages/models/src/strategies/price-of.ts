import { UNIT_PRICE_DECIMALS, type Endpoint } from '@onerouter/core';

/** How much more prompt than completion a typical exchange has. */
const PROMPT_SHARE = 3;
const PER_MILLION = 10 ** (UNIT_PRICE_DECIMALS - 6);

const known = new WeakMap<Endpoint, number>();

/**
 * One figure to compare endpoints by, in USD per million tokens after discount: three prompt tokens to one completion
 * token, plus what a request costs, spread over a thousand tokens. A float: it orders, it does not bill.
 */
export function priceOf(endpoint: Endpoint): number {
  let price = known.get(endpoint);
  if (price === undefined) {
    const { prompt, completion, request } = endpoint.prices;
    price =
      (Number(prompt) * PROMPT_SHARE + Number(completion)) / (PROMPT_SHARE + 1) / PER_MILLION +
      Number(request) / 1_000 / PER_MILLION;
    known.set(endpoint, price);
  }
  return price;
}
