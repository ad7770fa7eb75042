import type { Dialect, Provider, Surface } from '@onerouter/core';

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
