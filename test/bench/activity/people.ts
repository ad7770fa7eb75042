import { newGenerationId, type Generation } from '@onerouter/core';
import { sampleGeneration } from '@onerouter/metering/testing';

/** The account that has them all. */
export const ACCOUNT = 'acc-big';
/** A key that called a few times, a year ago. */
export const RARE_KEY = 'rare'.padEnd(64, '0');
/** One that calls all the time. */
export const BUSY_KEY = keyOf(1);

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
const KEYS = 10;
const MODELS = 12;
const RARE_CALLS = 25;

/**
 * Generations of a year of one account, the oldest first: ten keys, twelve models at two providers each, one in a hundred
 * failed. The first few of all are of a key that never called again.
 */
export function generationAt(n: number, count: number, endAt: number): Generation {
  const createdAt = endAt - YEAR_MS + Math.floor((n * YEAR_MS) / count);
  const model = n % MODELS;
  const failed = n % 100 === 99;
  return sampleGeneration({
    id: newGenerationId(createdAt),
    accountId: ACCOUNT,
    keyId: n < RARE_CALLS ? RARE_KEY : keyOf(Math.floor(n / 7) % KEYS),
    createdAt,
    model: failed ? '' : `acme/model-${model}`,
    provider: failed ? '' : `provider-${(model + (n % 2)) % 8}`,
    status: failed ? 'failed' : 'complete',
    usage: failed
      ? null
      : { promptTokens: 900, completionTokens: 300, reasoningTokens: 20, source: 'provider' },
    cost: failed ? 0n : BigInt(1_000 + (n % 977)),
    userAgent: 'OpenAI/JS 7.57.0',
  });
}

function keyOf(n: number): string {
  return n.toString(16).padStart(64, 'a');
}
