import {
  estimatedCompletionTokens,
  estimatedPromptTokens,
  type Exchange,
  type ExchangeObserver,
  type Outcome,
  type RequestFacts,
  type Usage,
} from '@onerouter/core';
import type { Ledger } from './ledger.ts';
import { isCharged, type Tariff } from './tariff.ts';

export interface ChargerOptions {
  readonly ledger: Ledger;
  readonly tariff: Tariff;
  readonly exchange: Exchange;
  /** What was asked, to estimate from where nobody reported usage. @default none: such an exchange has no usage */
  readonly facts?: RequestFacts | undefined;
  /** The reservation on its way; nothing is charged when it is refused. */
  readonly reserving: Promise<void>;
}

/** Ends an exchange's reservation with its true cost. */
export function createCharger(options: ChargerOptions): ExchangeObserver {
  const { ledger, tariff, exchange, facts, reserving } = options;
  const { record } = exchange;
  return {
    name: 'reserveCredits',
    async onSettle(outcome) {
      if (!(await granted(reserving))) return;
      try {
        record.usage ??= usageOf(outcome, facts);
        const charged = tariff({
          outcome,
          usage: record.usage,
          cacheHit: record.cacheHit,
          images: record.usage?.images ?? facts?.images ?? 0,
        });
        record.cost = charged.cost;
        record.lines = charged.lines;
        record.discount = charged.discount;
        exchange.charged = charged;
        await ledger.settle(record.id, record);
      } catch (error) {
        // A tariff that threw, or a cost that no account can bear: the log has it, but no credit stays held for it, and
        // the client is not told of a cost that was not charged.
        record.cost = 0n;
        record.lines = [];
        exchange.charged = undefined;
        await ledger.settle(record.id, record);
        throw error;
      }
    },
  };
}

/** Usage for chains without a meter: as reported, else estimated from what was sent and delivered. */
function usageOf(outcome: Outcome, facts: RequestFacts | undefined): Usage | null {
  const { usage, outputBytes } = outcome.facts;
  if (usage) return usage;
  if (!facts || !isCharged(outcome, null)) return null;
  return {
    promptTokens: estimatedPromptTokens(facts),
    completionTokens: facts.surface === 'embeddings' ? 0 : estimatedCompletionTokens(outputBytes),
    images: facts.images,
    source: 'estimated',
  };
}

async function granted(reserving: Promise<void>): Promise<boolean> {
  try {
    await reserving;
    return true;
  } catch {
    return false;
  }
}
