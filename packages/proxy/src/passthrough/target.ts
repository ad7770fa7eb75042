import type { IncomingMessage } from 'node:http';
import {
  defineSlot,
  exchangeSlot,
  GatewayError,
  type PassthroughRule,
  type Provider,
  type Slot,
} from '@onerouter/core';
import type { RequestHandler } from 'express';
import type { PassthroughTable } from './passthrough-table.ts';
import { withoutSecrets } from './query.ts';
import { readPath, writePath } from './request-path.ts';

/** Where a call goes, and what it costs. */
export interface PassthroughTarget {
  readonly provider: Provider;
  readonly rule: PassthroughRule;
  /** Below the base URL, with its query: written anew from what was matched. */
  readonly path: string;
}

/** Filled by `passthroughTarget()`. */
export const passthroughSlot: Slot<PassthroughTarget> = defineSlot(
  'pass-through target',
  'passthroughTarget()',
);

export interface PassthroughTargetOptions {
  /** What may be passed through; a function where it can change. */
  readonly table: PassthroughTable | (() => PassthroughTable);
}

/**
 * Finds where a call goes. Mount it at `/providers`: the first segment is the provider's name, the rest is the path at
 * the provider.
 *
 * Raises `not_found` 404 for whatever is not listed.
 */
export function passthroughTarget(options: PassthroughTargetOptions): RequestHandler {
  const { table } = options;
  const current = typeof table === 'function' ? table : (): PassthroughTable => table;
  return function passthroughTarget(req, _res, next) {
    const request = readPath(req.url);
    const [name = '', ...segments] = request?.segments ?? [];
    const listed = current().find(name, req.method, segments);
    if (!request || !listed) {
      return next(
        new GatewayError(
          'not_found',
          `There is no ${req.method} ${req.baseUrl}${req.path} here. What is passed through stands in the gateway's configuration.`,
        ),
      );
    }
    const exchange = exchangeSlot.peek(req);
    if (exchange) {
      exchange.record.provider = listed.provider.name;
      exchange.record.requestedModel = `${listed.rule.method} ${listed.rule.path}`;
    }
    const query = withoutSecrets(request.query, callersKey(req));
    passthroughSlot.set(req, { ...listed, path: writePath(segments) + (query && `?${query}`) });
    next();
  };
}

function callersKey(req: IncomingMessage): string | undefined {
  return /^Bearer\s+(\S+)/i.exec(req.headers.authorization ?? '')?.[1];
}
