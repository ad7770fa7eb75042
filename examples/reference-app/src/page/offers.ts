import { scaledToDecimal, UNIT_PRICE_DECIMALS, type Endpoint, type Model } from '@onerouter/core';

/** A model as the start page shows it. */
export interface Offer {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** `128K`, or a dash when unknown. */
  readonly context: string;
  /** Prices of the cheapest endpoint after discount, in USD for a million tokens. */
  readonly promptPrice: string;
  readonly completionPrice: string;
  readonly providers: readonly string[];
  /** The largest discount among its endpoints, `20 %`, or empty. */
  readonly discount: string;
}

/** What is on offer, as rows for people. */
export function offers(models: readonly Model[]): readonly Offer[] {
  return models.map((model) => {
    const discount = Math.max(0, ...model.endpoints.map((endpoint) => endpoint.prices.discount));
    return {
      id: model.id,
      name: model.name,
      aliases: model.aliases,
      context: tokens(model.contextLength),
      promptPrice: cheapest(model.endpoints, 'prompt'),
      completionPrice: cheapest(model.endpoints, 'completion'),
      providers: [...new Set(model.endpoints.map((endpoint) => endpoint.provider.displayName))],
      discount: discount > 0 ? `${Number((discount * 100).toFixed(1))} %` : '',
    };
  });
}

function cheapest(endpoints: readonly Endpoint[], unit: 'prompt' | 'completion'): string {
  const prices = endpoints.map((endpoint) => endpoint.prices[unit]);
  const low = prices.reduce<bigint | undefined>(
    (least, price) => (least === undefined || price < least ? price : least),
    undefined,
  );
  return low === undefined ? '–' : `$${scaledToDecimal(low * 1_000_000n, UNIT_PRICE_DECIMALS)}`;
}

function tokens(count: number | null): string {
  if (count === null) return '–';
  if (count >= 1_000_000) return `${Number((count / 1_000_000).toFixed(1))}M`;
  return count >= 1000 ? `${Math.round(count / 1000)}K` : String(count);
}
