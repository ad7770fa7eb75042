import { describe, expect, it } from 'vitest';
import { GatewayError } from '@onerouter/core';
import type { Filter } from '../resolve/ask.ts';
import { fakeAsk } from '../testing/index.ts';
import { routeOfTwo } from '../testing/route-of-two.ts';
import { DEFAULT_FILTERS } from './index.ts';

const model = 'writer-1';

function failure(...args: Parameters<typeof routeOfTwo>): GatewayError {
  try {
    routeOfTwo(...args);
  } catch (err) {
    if (err instanceof GatewayError) return err;
  }
  throw new Error('It should have been refused.');
}

describe('when no endpoint is left', () => {
  it('404 names which rule removed which endpoint', () => {
    const error = failure(fakeAsk({ model, provider: { only: ['A'], ignore: ['A'] } }));
    expect(error).toMatchObject({ status: 404, param: 'provider' });
    expect(error.metadata['excluded']).toEqual([
      { provider: 'A', model: 'acme/writer-1', filter: 'ignore' },
      { provider: 'B', model: 'acme/writer-1', filter: 'only' },
    ]);
    expect(error.message).toContain('A for acme/writer-1 (ignore)');
  });

  it('503 when nothing but passing troubles removed them', () => {
    const down: Filter = { name: 'down', transient: true, forAsk: () => () => false };
    expect(failure(fakeAsk({ model }), {}, {}, [...DEFAULT_FILTERS, down]).status).toBe(503);
    expect(
      failure(fakeAsk({ model, provider: { only: ['A'] } }), {}, {}, [...DEFAULT_FILTERS, down]).status,
    ).toBe(404);
  });
});
