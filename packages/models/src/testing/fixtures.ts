import { readFacts, type CommonRequest, type Dialect, type Provider, type Surface } from '@onerouter/core';
import type { Ask } from '../resolve/ask.ts';

const unused = (): never => {
  throw new Error('This dialect is made for tests of routing; it phrases no calls.');
};

/** A dialect that speaks the given surfaces and phrases no calls. */
export function fakeDialect(surfaces: readonly Surface[] = ['chat', 'completions', 'embeddings']): Dialect {
  return {
    name: 'fake',
    surfaces: new Set(surfaces),
    request: unused,
    stream: unused,
    answer: unused,
    refusal: () => ({ kind: 'other', param: null }),
  };
}

/** A provider for tests of routing: on loopback, neither training on prompts nor retaining them. */
export function fakeProvider(name: string, parts: Partial<Provider> = {}): Provider {
  return {
    name,
    displayName: name,
    dialect: fakeDialect(),
    baseUrl: 'http://127.0.0.1:9/v1',
    apiKeys: [],
    headers: {},
    timeouts: { connectMs: 1_000, headersMs: 1_000, firstTokenMs: 1_000, idleMs: 1_000 },
    trainsOnPrompts: false,
    retainsPrompts: false,
    cancellation: 'stops-billing',
    ...parts,
  };
}

/**
 * A request as filters and strategies see it.
 *
 * @param body merged over a short chat request
 * @param parts what differs from: no training allowed, no health data, a random source that always gives 0.5
 */
export function fakeAsk(
  body: Partial<CommonRequest>,
  parts: Partial<Ask> = {},
  surface: Surface = 'chat',
): Ask {
  const whole: CommonRequest = { messages: [{ role: 'user', content: 'Hello' }], ...body };
  return {
    facts: readFacts(surface, whole),
    body: whole,
    preferences: whole.provider ?? {},
    allowTraining: false,
    health: {},
    random: () => 0.5,
    ...parts,
  };
}

/** A source of numbers from 0 to below 1 that gives the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
