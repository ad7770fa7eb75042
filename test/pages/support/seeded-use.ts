import { newGenerationId, type Generation } from '@onerouter/core';
import { sampleGeneration } from '@onerouter/metering/testing';
import type { SqliteStore } from '@onerouter/store-sqlite';

/** What one request was like; the rest is ordinary. */
export type Use = Partial<Generation> & { readonly createdAt: number };

/** Charges a request as the gateway would, at the time it is said to have been made. */
export async function settleUse(store: SqliteStore, accountId: string, use: Use): Promise<Generation> {
  const made = sampleGeneration({ id: newGenerationId(use.createdAt), accountId, ...use });
  const { id, keyId, cost } = made;
  await store.ledger.reserve({
    id,
    account: accountId,
    key: keyId,
    amount: cost,
    draft: { ...made, status: 'pending', cost: 0n },
  });
  await store.ledger.settle(id, made);
  return made;
}

/** Models with their providers, and how dear a token of each is in nano-dollars. */
const MODELS = [
  ['acme/writer-1', 'alpha', 900n],
  ['acme/writer-1', 'beta', 1_100n],
  ['openai/gpt-5.1-mini', 'openai', 350n],
  ['anthropic/claude-4.5-sonnet', 'anthropic', 4_200n],
  ['google/gemini-3-flash', 'google', 210n],
  ['mistralai/mistral-medium-3', 'mistral', 640n],
  ['deepseek/deepseek-r2', 'groq', 120n],
  ['meta-llama/llama-4-maverick', 'groq', 95n],
  ['qwen/qwen3-235b-a22b-thinking-2507', 'fireworks', 80n],
] as const;
const DAY_MS = 86_400_000;

/** A history that looks like one: the same on every run. */
export async function seedUse(
  store: SqliteStore,
  accountId: string,
  keyIds: readonly string[],
  requests: number,
  days: number,
): Promise<void> {
  let seed = 7;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 4_294_967_296) * below);
  };
  const now = Date.now();
  const uses = Array.from({ length: requests }, (): Use => {
    const [model, provider, price] = MODELS[Math.min(next(9), next(9) + 2)] ?? MODELS[0];
    const outcome = next(40);
    const [promptTokens, completionTokens] = [200 + next(6_000), 20 + next(1_500)];
    const failed = outcome === 0;
    const fellBack = outcome < 4;
    return {
      createdAt: now - 60_000 - Math.floor((next(1_000_000) / 1_000_000) * days * DAY_MS),
      keyId: keyIds[Math.min(next(keyIds.length), next(keyIds.length))] ?? 'key',
      model: failed ? '' : model,
      provider: failed ? '' : provider,
      requestedModel: model,
      status: failed ? 'failed' : outcome === 5 ? 'cancelled' : 'complete',
      errorType: failed ? 'provider_unavailable' : null,
      usage: failed
        ? null
        : {
            promptTokens,
            completionTokens,
            ...(outcome > 25 && { cachedTokens: promptTokens >> 1 }),
            ...(outcome % 5 === 1 && { reasoningTokens: completionTokens >> 1 }),
            source: 'provider',
          },
      latencyMs: failed ? null : 180 + next(2_400),
      tokensPerSecond: failed ? null : 20 + next(150) + 0.4,
      cacheHit: outcome === 30,
      cost: failed ? 0n : BigInt(promptTokens + 4 * completionTokens) * price,
      attempts: [
        ...(fellBack ? [attempt('beta', 'provider_unavailable', 503, 40 + next(400))] : []),
        ...(failed ? [] : [attempt(provider, null, 200, 180)]),
      ],
    };
  }).toSorted((a, b) => a.createdAt - b.createdAt);
  // An account may have 2,000 requests open at once.
  for (let at = 0; at < uses.length; at += 500) {
    await Promise.all(uses.slice(at, at + 500).map((use) => settleUse(store, accountId, use)));
  }
}

function attempt(
  provider: string,
  errorType: string | null,
  status: number,
  latencyMs: number,
): Generation['attempts'][number] {
  return { provider, model: `${provider}-up`, status, errorType, latencyMs };
}
