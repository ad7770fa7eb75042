import type { IncomingMessage } from 'node:http';
import { formatUsd, routeSlot, type Candidate, type Nanos } from '@onerouter/core';
import type { RequestHandler } from 'express';
import { NO_HEALTH_DATA, type HealthView } from '../resolve/health.ts';
import { writePricing } from './wire-pricing.ts';

/** What a request may cost its caller. */
export interface QuotedMoney {
  /** What would be held while it runs. */
  readonly reservation: Nanos;
  /** What it could cost at most. */
  readonly worstCase: Nanos;
  /** The largest `max_tokens` that the caller's credit covers, up to what would be reserved. */
  readonly affordableMaxTokens: number;
  /** What the caller can spend now. */
  readonly available: Nanos;
}

export interface QuoteOptions {
  /** Works out the money of a request whose body was read and whose candidates are found. May refuse it. */
  readonly money: (req: IncomingMessage) => QuotedMoney | Promise<QuotedMoney>;
  /** What is known of the endpoints' health. @default NO_HEALTH_DATA */
  readonly health?: HealthView | undefined;
}

/**
 * Tells what a completion would do, and does nothing of it: who would be asked in which order, who was ruled out by which
 * filter, and what it may cost. Mount it behind `readBody()` and `resolveModel()`, at the path of the completion with
 * `/quote` behind it.
 *
 * Passes on what `money` raises.
 */
export function quote(options: QuoteOptions): RequestHandler {
  const { money, health = NO_HEALTH_DATA } = options;
  return async function quote(req, res) {
    const { requested, candidates, excluded } = routeSlot.get(req);
    const { reservation, worstCase, affordableMaxTokens, available } = await money(req);
    res.json({
      data: {
        model: candidates[0]?.model.id ?? requested,
        candidates: candidates.map((candidate) => writeCandidate(candidate, health)),
        excluded: excluded.map(({ provider, model, filter }) => ({ provider, model, filter })),
        reservation_usd: formatUsd(reservation),
        worst_case_cost_usd: formatUsd(worstCase),
        affordable_max_tokens: affordableMaxTokens,
        available_usd: formatUsd(available),
      },
    });
  };
}

function writeCandidate(
  { model, endpoint }: Candidate,
  health: HealthView,
): Readonly<Record<string, unknown>> {
  return {
    provider: endpoint.provider.name,
    model: model.id,
    endpoint_id: endpoint.id,
    pricing: writePricing(endpoint),
    healthy: health.healthy?.(endpoint.id) !== false,
  };
}
