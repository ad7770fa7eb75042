import type { ChargedCost, Outcome, Usage } from '@onerouter/core';
import { priceUsage } from './price-usage.ts';

/** An exchange that has ended, as a tariff sees it. */
export interface Bill {
  readonly outcome: Outcome;
  /** What was used, reported or estimated; `null` when there is nothing to tell it from. */
  readonly usage: Usage | null;
  /** Whether the prompt cache answered. */
  readonly cacheHit: boolean;
  /** Images in the prompt. */
  readonly images: number;
}

/** Turns usage and price into cost. Pure and synchronous; give `reserveCredits()` another to charge otherwise. */
export type Tariff = (bill: Bill) => ChargedCost;

/**
 * The tariff of this gateway: what failed is free, what was generated is paid at the endpoint's price, a cache hit costs
 * its prompt at the cached-input price.
 */
export const standardTariff: Tariff = ({ outcome, usage, cacheHit, images }) => {
  const prices = outcome.candidate?.endpoint.prices;
  if (!prices || !usage || !isCharged(outcome, usage)) {
    return { cost: 0n, lines: [], discount: prices?.discount ?? 0 };
  }
  return priceUsage(usage, prices, { cacheHit, images });
};

/**
 * Whether an exchange that ended so is paid for at all.
 *
 * - `failed`, `truncated`: never.
 * - `complete`: unless there was neither output nor a finish reason.
 * - `cancelled`: when output was delivered, or the provider reported what it had used.
 */
export function isCharged(outcome: Outcome, usage: Usage | null): boolean {
  const { status, facts } = outcome;
  switch (status) {
    case 'complete':
      return facts.output || facts.finishReason !== null;
    case 'cancelled':
      return facts.output || facts.usage !== undefined || usage?.source === 'provider';
    case 'failed':
    case 'truncated':
      break;
  }
  return false;
}
