import type { IncomingMessage } from 'node:http';
import type { RequestHandler, Response } from 'express';
import {
  bodySlot,
  exchangeSlot,
  principalSlot,
  routeSlot,
  type PerRequest,
  type ProviderPreferences,
} from '@onerouter/core';
import { createResolver, type ResolverOptions } from './create-resolver.ts';
import { followConversation } from './follow-conversation.ts';
import { NO_HEALTH_DATA, type HealthView } from './health.ts';
import type { StickyRouting } from './sticky.ts';

export interface ResolveModelOptions extends ResolverOptions {
  /** What is known of the endpoints' health. @default NO_HEALTH_DATA */
  readonly health?: HealthView | undefined;
  /**
   * Remembers which endpoint holds a conversation's prompt cache, so that the same one is asked again.
   * @default none; every request is routed for itself
   */
  readonly sticky?: StickyRouting | undefined;
  /** Source of random numbers from 0 to below 1. @default Math.random */
  readonly random?: (() => number) | undefined;
  /**
   * Whether the caller's prompts may go to providers that train on them.
   * @default the principal's privacy toggle; `false` where there is no principal
   */
  readonly allowTraining?: PerRequest<boolean> | undefined;
}

const NO_PREFERENCES: ProviderPreferences = Object.freeze({});

/**
 * Turns what was asked for (`model`, `models`, `provider`) into candidates, in the order to try them. Needs
 * `readBody()` before it.
 *
 * @throws {GatewayError} `invalid_request` 400 without a model, `not_found` 404 for unknown models (with
 *   `metadata.suggestions`) and when rules left nothing (with `metadata.excluded`), `context_length_exceeded` 400,
 *   `unavailable` 503 when only transient rules left nothing
 */
export function resolveModel(options: ResolveModelOptions): RequestHandler {
  const { health = NO_HEALTH_DATA, random = Math.random, allowTraining = principalAllowsTraining } = options;
  const { sticky } = options;
  const resolve = createResolver(options);
  return function resolveModel(req, res, next) {
    const body = bodySlot.get(req);
    const { json, facts } = body;
    const preferences = json.provider ?? NO_PREFERENCES;
    const exchange = exchangeSlot.peek(req);
    if (exchange) exchange.record.requestedModel = facts.models[0] ?? '';
    const followed = sticky && followConversation(sticky, req, body, preferences);
    const route = resolve({
      facts,
      body: json,
      preferences,
      allowTraining: typeof allowTraining === 'function' ? allowTraining(req, res) : allowTraining,
      health,
      lastAnswered: followed && ((modelId) => followed.lastAnswered(modelId)),
      random,
    });
    if (exchange) followed?.watch(exchange);
    routeSlot.set(req, route);
    next();
  };
}

/** The privacy toggle of the account that calls; without a caller nobody has allowed anything. */
export function principalAllowsTraining(req: IncomingMessage, _res: Response): boolean {
  return principalSlot.peek(req)?.allowTraining ?? false;
}
