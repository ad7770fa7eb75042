import type { RequestHandler } from 'express';
import {
  exchangeSlot,
  formatUsd,
  principalSlot,
  type Exchange,
  type Nanos,
  type PerRequest,
  type Principal,
} from '@onerouter/core';
import { createCharger } from './charger.ts';
import type { Ledger } from './ledger.ts';
import { perRequest } from './per-request.ts';
import { refusalOf } from './refusal.ts';
import { isCharged, type Tariff } from './tariff.ts';

export interface ReserveFixedOptions {
  readonly ledger: Ledger;
  /** What the exchange costs when it succeeds. */
  readonly price: PerRequest<Nanos>;
  /** Who pays. @default what `bearerAuth()` found */
  readonly principal?: PerRequest<Principal>;
  /** @default the exchange of `openExchange()` */
  readonly exchange?: PerRequest<Exchange>;
}

/**
 * Holds a fixed price before anything goes upstream, and charges it when the exchange has succeeded: for calls whose cost
 * does not depend on what they use. What failed, and what the client left before output began, is free.
 *
 * Raises (as `next(error)`) what `reserveCredits()` raises: 402, 429 and 503.
 */
export function reserveFixed(options: ReserveFixedOptions): RequestHandler {
  const { ledger, price } = options;
  const priceOf = typeof price === 'function' ? price : (): Nanos => price;
  const principalOf = perRequest(options.principal, (req) => principalSlot.get(req));
  const exchangeOf = perRequest(options.exchange, (req) => exchangeSlot.get(req));

  return async function reserveFixed(req, res, next) {
    const principal = principalOf(req, res);
    const exchange = exchangeOf(req, res);
    const amount = priceOf(req, res);
    const { record } = exchange;
    record.accountId = principal.accountId;
    record.keyId = principal.keyId;
    const reserving = ledger.reserve({
      id: record.id,
      account: principal.accountId,
      key: principal.keyId,
      keyLimit: principal.keyLimit,
      keyLimitReset: principal.keyLimitReset,
      amount,
      draft: record,
    });
    // Before the wait: a client may leave while it lasts, and what was reserved then must be settled too.
    exchange.observe(createCharger({ ledger, tariff: fixedTariff(amount), exchange, reserving }));
    try {
      await reserving;
    } catch (error) {
      next(refusalOf(error, { amount, outputTokens: 0, outputLimit: undefined, affordableTokens: () => 0 }));
      return;
    }
    if (!exchange.settled) next();
  };
}

function fixedTariff(price: Nanos): Tariff {
  const usd = formatUsd(price);
  return ({ outcome, usage }) =>
    isCharged(outcome, usage)
      ? { cost: price, lines: [{ item: 'request', quantity: 1, unitPrice: usd, amount: usd }], discount: 0 }
      : { cost: 0n, lines: [], discount: 0 };
}
