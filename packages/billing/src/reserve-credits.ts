import type { RequestHandler } from 'express';
import {
  bodySlot,
  exchangeSlot,
  principalSlot,
  routeSlot,
  type Exchange,
  type PerRequest,
  type Principal,
  type RequestFacts,
  type Route,
} from '@onerouter/core';
import { createCharger } from './charger.ts';
import type { Ledger } from './ledger.ts';
import { perRequest } from './per-request.ts';
import { refusalOf } from './refusal.ts';
import { estimateReservation } from './reservation-estimate.ts';
import { standardTariff, type Tariff } from './tariff.ts';

/** Output tokens covered for each choice where the client names no limit. */
export const DEFAULT_MAX_RESERVED_TOKENS = 32_768;

export interface ReserveCreditsOptions {
  readonly ledger: Ledger;
  /** How usage becomes cost. @default standardTariff */
  readonly tariff?: Tariff;
  /** Output tokens to reserve for each choice where the client names no limit. @default 32768 */
  readonly maxReservedTokens?: number;
  /** Who pays. @default what `bearerAuth()` found */
  readonly principal?: PerRequest<Principal>;
  /** Who may answer. @default what `resolveModel()` found */
  readonly route?: PerRequest<Route>;
  /** What is asked. @default what `readBody()` read */
  readonly facts?: PerRequest<RequestFacts>;
  /** @default the exchange of `openExchange()` */
  readonly exchange?: PerRequest<Exchange>;
}

/**
 * Holds credits before anything goes upstream, and charges the true cost when the exchange ends. Mount it before
 * `meter()`, whose account of the usage it charges.
 *
 * Every reservation ends: the exchange's settlement charges it or ends it free of charge, whatever happened in between.
 *
 * Raises (as `next(error)`) `payment_required` 402 with `metadata {required_usd, available_usd, affordable_max_tokens,
 * binding_limit}`, `rate_limit_exceeded` 429 when the account has too many open exchanges, and `unavailable` 503 when the
 * ledger's store fails.
 */
export function reserveCredits(options: ReserveCreditsOptions): RequestHandler {
  const { ledger, tariff = standardTariff, maxReservedTokens = DEFAULT_MAX_RESERVED_TOKENS } = options;
  if (!Number.isSafeInteger(maxReservedTokens) || maxReservedTokens < 1) {
    throw new RangeError(`maxReservedTokens must be a whole number above 0, not ${maxReservedTokens}.`);
  }
  const principalOf = perRequest(options.principal, (req) => principalSlot.get(req));
  const routeOf = perRequest(options.route, (req) => routeSlot.get(req));
  const factsOf = perRequest(options.facts, (req) => bodySlot.get(req).facts);
  const exchangeOf = perRequest(options.exchange, (req) => exchangeSlot.get(req));

  return async function reserveCredits(req, res, next) {
    const principal = principalOf(req, res);
    const route = routeOf(req, res);
    const facts = factsOf(req, res);
    const exchange = exchangeOf(req, res);
    const { record } = exchange;
    const estimate = estimateReservation(facts, route.candidates, maxReservedTokens);
    record.accountId = principal.accountId;
    record.keyId = principal.keyId;
    if (record.requestedModel === '') record.requestedModel = route.requested;
    record.streamed = facts.stream;
    const reserving = ledger.reserve({
      id: record.id,
      account: principal.accountId,
      key: principal.keyId,
      keyLimit: principal.keyLimit,
      keyLimitReset: principal.keyLimitReset,
      amount: estimate.amount,
      draft: record,
    });
    // Before the wait: a client may leave while it lasts, and what was reserved then must be settled too.
    exchange.observe(createCharger({ ledger, tariff, exchange, facts, reserving }));
    try {
      await reserving;
    } catch (error) {
      next(refusalOf(error, estimate));
      return;
    }
    if (exchange.settled) return;
    if (estimate.outputLimit !== undefined) exchange.outputLimit = estimate.outputLimit;
    next();
  };
}
