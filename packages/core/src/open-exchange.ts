import type { RequestHandler } from 'express';
import { emptyFacts } from './answer/facts.ts';
import { Exchange, exchangeSlot } from './exchange.ts';
import { newGenerationId, newRequestId } from './ids.ts';
import { warningLog, type Log } from './log.ts';
import type { Generation } from './record.ts';
import type { ExchangeKind } from './request/surface.ts';
import type { RunningExchanges } from './running.ts';

export interface OpenExchangeOptions {
  readonly surface: ExchangeKind;
  /** Counts what is running, and refuses new exchanges while the process drains. @default none */
  readonly running?: RunningExchanges;
  /** Where failing observers are reported. @default Node's process warnings */
  readonly log?: Log;
}

/**
 * Opens the exchange that the other middlewares observe: gives it an id, and sees to it that it is settled, once,
 * however it ends. Reads nothing of the request.
 */
export function openExchange(options: OpenExchangeOptions): RequestHandler {
  const { surface, running, log = warningLog } = options;
  return function openExchange(req, res, next) {
    running?.admit();
    const now = Date.now();
    const exchange = new Exchange(newRecord(surface, now, req.headers), log);
    exchangeSlot.set(req, exchange);
    res.setHeader('X-Generation-Id', exchange.id);
    res.setHeader('X-Request-Id', exchange.record.requestId);
    running?.add(exchange);
    // The response's 'close', not the request's: that one fires as soon as the body has been read.
    res.once('close', () => {
      if (!res.writableFinished) exchange.clientLeft();
      if (exchange.hasRunner) return;
      // Nobody settles it: the client left before a source took over, or a foreign handler answered.
      const status = res.writableFinished ? 'failed' : 'cancelled';
      void exchange.settle({ status, facts: emptyFacts(), candidate: undefined });
    });
    next();
  };
}

function newRecord(
  surface: ExchangeKind,
  now: number,
  headers: Readonly<Record<string, unknown>>,
): Generation {
  return {
    id: newGenerationId(now),
    requestId: newRequestId(),
    accountId: '',
    keyId: '',
    surface,
    createdAt: now,
    status: 'pending',
    streamed: false,
    requestedModel: '',
    model: '',
    provider: '',
    upstreamModel: '',
    upstreamId: null,
    finishReason: null,
    nativeFinishReason: null,
    latencyMs: null,
    generationMs: null,
    tokensPerSecond: null,
    usage: null,
    cost: 0n,
    lines: [],
    discount: 0,
    cacheHit: false,
    cacheSourceId: null,
    attempts: [],
    errorType: null,
    referer: header(headers['http-referer'] ?? headers['referer']),
    title: header(headers['x-title'] ?? headers['x-openrouter-title']),
    userAgent: header(headers['user-agent']),
  };
}

/** Headers are the client's to choose; a record keeps no more than a line of them. */
function header(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 256) : null;
}
