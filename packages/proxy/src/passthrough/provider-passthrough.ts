import { emptyFacts, exchangeSlot, GatewayError } from '@onerouter/core';
import type { Request, RequestHandler } from 'express';
import { createForward } from './forward.ts';
import { KeyRing } from './key-ring.ts';
import { passthroughSlot } from './target.ts';
import { upgradeSlot } from './upgrade.ts';
import { joinWebsocket } from './websocket.ts';

/** Methods whose requests have no body: behind one without a length, bytes would read as a request of their own. */
const BODILESS: ReadonlySet<string> = new Set(['GET', 'DELETE']);

/**
 * Passes a call through to its provider, and the answer back. Bodies stream both ways and are never held in memory; of
 * the headers, only listed ones pass. Mount it behind `passthroughTarget()`, and before any body parser.
 *
 * Raises, with `metadata.previous_errors`: what the provider refused under its own 4xx, 502 for its 5xx, refused keys and
 * broken connections, 408 for its timeouts, 400 for a body that cannot be passed on.
 */
export function providerPassthrough(): RequestHandler {
  const keys = new KeyRing();
  const forward = createForward(keys);
  return async function providerPassthrough(req, res, next) {
    const exchange = exchangeSlot.get(req);
    if (exchange.settled) return;
    if (exchange.abandoned) {
      await exchange.settle({ status: 'cancelled', facts: emptyFacts(), candidate: undefined });
      res.destroy();
      return;
    }
    checkBody(req);
    const upgrade = upgradeSlot.peek(req);
    exchange.takeOver();
    if (upgrade) joinWebsocket(req, upgrade, keys, next);
    else await forward(req, res, next);
  };
}

function checkBody(req: Request): void {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = req.headers;
  const expected = length !== '0' || encoding !== undefined;
  if (!expected) return;
  if (BODILESS.has(req.method)) {
    throw new GatewayError('invalid_request', `A ${req.method} is passed through without a body. Send none.`);
  }
  if (req.readableEnded) {
    const { rule } = passthroughSlot.get(req);
    throw new Error(
      `The body of ${rule.method} ${rule.path} has been read already. Mount the gateway before any body parser.`,
    );
  }
}
