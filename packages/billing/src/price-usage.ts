import {
  clampUsage,
  formatUnitPrice,
  type ChargedCost,
  type CostLine,
  type PriceTable,
  type UnitPrice,
  type Usage,
} from '@onerouter/core';

export interface PriceUsageOptions {
  /** The answer came from the prompt cache: the prompt at its cache-read price, and nothing else. @default false */
  readonly cacheHit?: boolean | undefined;
  /** Images in the prompt, at the price of an image each. @default `usage.images`, else 0 */
  readonly images?: number | undefined;
}

/** Unit prices have 24 decimals, nano-dollars 9. */
const UNITS_PER_NANO: UnitPrice = 10n ** 15n;

/**
 * What usage costs, to the nano-dollar: computed exactly, rounded up once. Counts are clamped first (see `clampUsage`).
 *
 * The lines are exact; where the total had to be rounded, a `rounding` line makes their sum the cost.
 */
export function priceUsage(usage: Usage, prices: PriceTable, options: PriceUsageOptions = {}): ChargedCost {
  const bill = new Lines();
  const used = clampUsage(usage);
  if (options.cacheHit === true) bill.tokens('cache_read', used.promptTokens, prices.cacheRead);
  else {
    const cached = used.cachedTokens ?? 0;
    const reasoning = used.reasoningTokens ?? 0;
    bill.tokens('prompt', used.promptTokens - cached, prices.prompt);
    bill.tokens('cache_read', cached, prices.cacheRead);
    bill.tokens('cache_write', used.cacheWriteTokens ?? 0, prices.cacheWrite);
    bill.tokens('completion', used.completionTokens - reasoning, prices.completion);
    bill.tokens('reasoning', reasoning, prices.reasoning);
    bill.extra('image', wholeCount(options.images ?? used.images), prices.image);
    bill.extra('request', 1, prices.request);
  }
  return { ...bill.sum(), discount: prices.discount };
}

/** An amount of unit prices in nano-dollars, rounded up. */
export function toNanosUp(amount: UnitPrice): bigint {
  return (amount + UNITS_PER_NANO - 1n) / UNITS_PER_NANO;
}

class Lines {
  readonly #lines: CostLine[] = [];
  #total: UnitPrice = 0n;

  /** Tokens show on the bill even where they are free. */
  tokens(item: CostLine['item'], quantity: number, price: UnitPrice): void {
    if (quantity > 0) this.#add(item, quantity, price);
  }

  /** What most endpoints do not price at all shows only where it is priced. */
  extra(item: CostLine['item'], quantity: number, price: UnitPrice): void {
    if (quantity > 0 && price > 0n) this.#add(item, quantity, price);
  }

  sum(): Pick<ChargedCost, 'cost' | 'lines'> {
    const cost = toNanosUp(this.#total);
    const rounded = cost * UNITS_PER_NANO - this.#total;
    if (rounded > 0n) this.#add('rounding', 1, rounded);
    return { cost, lines: this.#lines };
  }

  #add(item: CostLine['item'], quantity: number, price: UnitPrice): void {
    const amount = BigInt(quantity) * price;
    this.#total += amount;
    this.#lines.push({
      item,
      quantity,
      unitPrice: formatUnitPrice(price),
      amount: formatUnitPrice(amount),
    });
  }
}

function wholeCount(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) && value > 0 ? Math.floor(value) : 0;
}
