import type { ErrorRequestHandler, RequestHandler } from 'express';
import { GatewayError, toGatewayError } from './errors.ts';
import { exchangeSlot } from './exchange.ts';
import { emptyFacts } from './answer/facts.ts';
import { warningLog, type Log } from './log.ts';
import { loggableError } from './loggable.ts';

export interface ErrorResponderOptions {
  /** Where errors of our own making are reported. Request bodies are never part of them. @default process warnings */
  readonly log?: Log;
}

/** Answers every error in OpenAI's shape, and ends the exchange that failed. Mount it last. */
export function errorResponder(options: ErrorResponderOptions = {}): ErrorRequestHandler {
  const { log = warningLog } = options;
  return async function errorResponder(thrown: unknown, req, res, _next) {
    const error = toGatewayError(thrown);
    const exchange = exchangeSlot.peek(req);
    if (error.kind === 'server' && !(thrown instanceof GatewayError)) {
      log.error(
        { err: loggableError(thrown), generation: exchange?.id },
        'A request failed inside the gateway.',
      );
    }
    if (exchange) {
      const status = exchange.clientGone ? 'cancelled' : 'failed';
      await exchange.settle({ status, facts: emptyFacts(), candidate: undefined, error });
    }
    if (res.destroyed || res.writableEnded) return;
    if (res.headersSent) {
      res.destroy();
      return;
    }
    if (error.retryAfterMs !== undefined)
      res.setHeader('Retry-After', String(Math.ceil(error.retryAfterMs / 1000)));
    res.status(error.status).json(error.toBody());
  };
}

/** Answers whatever no route took with a 404 in the same shape. Mount it behind the routes. */
export function unknownRoute(): RequestHandler {
  return function unknownRoute(req, _res, next) {
    next(
      new GatewayError(
        'not_found',
        `There is no ${req.method} ${req.baseUrl}${req.path} here. See /openapi.json for what is.`,
      ),
    );
  };
}
