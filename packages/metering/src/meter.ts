import {
  bodySlot,
  exchangeSlot,
  type Exchange,
  type ExchangeObserver,
  type Generation,
  type Outcome,
  type RequestFacts,
} from '@onerouter/core';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { GenerationLog } from './generation-log.ts';
import { measureUsage } from './measure.ts';
import { tapResponse } from './tap.ts';

/** Below this, a rate of tokens would measure the network's buffers. */
export const MIN_GENERATION_MS = 1;

export interface MeterOptions {
  /** Keeps the record of each exchange. Leave it out where a ledger keeps them. @default none */
  readonly log?: GenerationLog;
  /** Called with the record of each exchange when it has ended, before its last bytes leave. @default none */
  readonly onRecord?: (record: Readonly<Generation>) => void | Promise<void>;
  /** What is known of the request, for estimates. @default what `readBody()` found, if it is mounted */
  readonly facts?: (req: IncomingMessage) => RequestFacts | undefined;
  /**
   * Watches the response of whatever handler follows, for servers whose answers do not come from this gateway. Reads
   * OpenAI's format, stream or not; changes nothing. @default false
   */
  readonly tap?: boolean;
}

/**
 * Measures each exchange: usage, time to first output, duration, throughput. Usage that nobody reported is estimated and
 * flagged so.
 */
export function meter(options: MeterOptions = {}): RequestHandler {
  const { log, onRecord, tap = false } = options;
  const factsOf = options.facts ?? ((req: IncomingMessage) => bodySlot.peek(req)?.facts);
  return function meter(req, res, next) {
    const exchange = exchangeSlot.get(req);
    exchange.record.streamed = factsOf(req)?.stream ?? false;
    exchange.observe(measuring(exchange, () => factsOf(req), log, onRecord));
    if (tap) tapResponse(exchange, res);
    next();
  };
}

function measuring(
  exchange: Exchange,
  facts: () => RequestFacts | undefined,
  log: GenerationLog | undefined,
  onRecord: MeterOptions['onRecord'],
): ExchangeObserver {
  const { record } = exchange;
  const startedAt = performance.now();
  let firstOutputAt: number | undefined;
  return {
    name: 'meter',
    onFirstOutput() {
      firstOutputAt = performance.now();
      record.latencyMs = Math.round(firstOutputAt - startedAt);
    },
    async onSettle(outcome: Outcome) {
      record.usage = measureUsage(outcome, facts()) ?? null;
      if (firstOutputAt !== undefined) {
        const generationMs = performance.now() - firstOutputAt;
        record.generationMs = Math.round(generationMs);
        const tokens = record.usage?.completionTokens ?? 0;
        if (record.streamed && generationMs >= MIN_GENERATION_MS && tokens > 1) {
          record.tokensPerSecond = Number(((tokens * 1000) / generationMs).toFixed(3));
        }
      }
      await log?.append(record);
      await onRecord?.(record);
    },
  };
}
