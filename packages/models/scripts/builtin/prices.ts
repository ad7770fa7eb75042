import type { PricingConfig } from '../../src/catalogue/config.ts';
import type { CurrentModel, ModelPrice, Mtok } from './sources.ts';

/** A price list, and the prompt length up to which it holds. */
export interface Priced {
  readonly pricing: PricingConfig;
  /** Above so many prompt tokens the provider charges more. */
  readonly flatUpTo?: number;
}

/** The prices of a current model, or `undefined` where they are missing or odd. */
export function currentPrices({ cost }: CurrentModel): Priced | undefined {
  if (!(cost.input > 0) || !(cost.output >= 0)) return undefined;
  const tiers = cost.tiers?.map((tier) => tier.inputTokensAbove) ?? [];
  return {
    pricing: write(cost.input, cost.output, { read: cost.cacheRead, write: cost.cacheWrite }),
    ...(tiers.length === 0 ? {} : { flatUpTo: Math.min(...tiers) }),
  };
}

/** The prices of a price list, or `undefined` where they are missing, odd or of units that the gateway does not count. */
export function listedPrices(price: ModelPrice): Priced | undefined {
  const known = new Set([
    'input_mtok',
    'output_mtok',
    'cache_read_mtok',
    'cache_write_mtok',
    'cache_write_1h_mtok',
    'requests_kcount',
    'web_searches_kcount',
    'storage_searches_kcount',
    'output_reasoning_mtok',
  ]);
  if (Object.keys(price).some((unit) => !known.has(unit))) return undefined;
  const input = base(price['input_mtok']);
  const output = base(price['output_mtok']) ?? 0;
  if (input === undefined || !(input > 0)) return undefined;
  const starts = Object.values(price).flatMap((one) =>
    typeof one === 'object' ? one.tiers.map((tier) => tier.start) : [],
  );
  const requests = base(price['requests_kcount']);
  const reasoning = base(price['output_reasoning_mtok']);
  const pricing = {
    ...write(input, output, { read: base(price['cache_read_mtok']), write: base(price['cache_write_mtok']) }),
    ...(requests === undefined ? {} : { request: decimal(requests, 3) }),
    ...(reasoning === undefined ? {} : { internal_reasoning: decimal(reasoning, 6) }),
  };
  return { pricing, ...(starts.length === 0 ? {} : { flatUpTo: Math.min(...starts) }) };
}

/** A cache price of zero stands for "not known" in the sources; a cached token is then charged as any other. */
function write(
  input: number,
  output: number,
  cache: { read: number | undefined; write: number | undefined },
): PricingConfig {
  return {
    prompt: decimal(input, 6),
    completion: decimal(output, 6),
    ...(cache.read && cache.read <= input ? { input_cache_read: decimal(cache.read, 6) } : {}),
    ...(cache.write ? { input_cache_write: decimal(cache.write, 6) } : {}),
  };
}

function base(price: Mtok | undefined): number | undefined {
  return typeof price === 'object' ? price.base : price;
}

/** `value / 10^shift` as exact decimal text; the value is taken as JSON would write it, rounded to six decimals. */
function decimal(value: number, shift: number): string {
  const scaled = BigInt(Math.round(value * 1e6));
  const digits = scaled.toString().padStart(shift + 7, '0');
  const text = `${digits.slice(0, -shift - 6)}.${digits.slice(-shift - 6)}`;
  return text.replace(/0+$/, '').replace(/\.$/, '');
}
