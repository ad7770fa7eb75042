import { formatUnitPrice, type Endpoint } from '@onerouter/core';

/** Prices on the wire: decimal text in USD per token or unit, after discount. */
export interface WirePricing {
  readonly prompt: string;
  readonly completion: string;
  readonly request: string;
  readonly image: string;
  readonly input_cache_read?: string;
  readonly input_cache_write?: string;
  readonly internal_reasoning?: string;
  readonly discount: number;
}

/** What an endpoint charges. Prices that fall back to another are left out, unless the configuration names them. */
export function writePricing({ prices, pricing }: Endpoint): WirePricing {
  return {
    prompt: formatUnitPrice(prices.prompt),
    completion: formatUnitPrice(prices.completion),
    request: formatUnitPrice(prices.request),
    image: formatUnitPrice(prices.image),
    ...(pricing.input_cache_read === undefined
      ? {}
      : { input_cache_read: formatUnitPrice(prices.cacheRead) }),
    ...(pricing.input_cache_write === undefined
      ? {}
      : { input_cache_write: formatUnitPrice(prices.cacheWrite) }),
    ...(pricing.internal_reasoning === undefined
      ? {}
      : { internal_reasoning: formatUnitPrice(prices.reasoning) }),
    discount: prices.discount,
  };
}
