import { whole } from '@onerouter/core/testing';
import { describe, expect, it } from 'vitest';
import { at, gatewayServer, KEYS, type GatewayServer } from '../support/gateway.ts';

/** Wednesday, 2026-09-23. */
const START = Date.UTC(2026, 8, 23, 12);
/** What a question reserves at most, and what it costs in the end: $0.00002. */
const ASKED = { max_tokens: 5 };

async function limitedKey(server: GatewayServer, limit: number, reset: string | null): Promise<string> {
  const made = await server.post(
    '/v1/keys',
    { name: 'limited', limit, ...(reset === null ? {} : { limit_reset: reset }) },
    { key: KEYS.management },
  );
  const { key } = (await made.json()) as { key: string };
  return key;
}

describe('what a key may still spend', () => {
  it.each([
    ['daily', Date.UTC(2026, 8, 24), 'usage_daily'],
    ['weekly', Date.UTC(2026, 8, 28), 'usage_weekly'],
    ['monthly', Date.UTC(2026, 9, 1), 'usage_monthly'],
  ])('starts anew when its %s limit does, at 00:00 UTC', async (reset, startsAnewAt, usage) => {
    let now = START;
    const server = await gatewayServer({ now: () => now, cache: { ttlMs: 0 } });
    const key = await limitedKey(server, 0.00005, reset);
    const data = async (): Promise<unknown> => at((await server.get('/v1/key', key)).json, 'data');
    expect(await data()).toMatchObject({ limit_remaining: 0.00005, effective_remaining: 0.00005 });
    for (const status of [200, 200]) expect((await server.ask(ASKED, { key })).status).toBe(status);
    expect(await data()).toMatchObject({
      limit_remaining: 0.00001,
      effective_remaining: 0.00001,
      [usage]: 0.00004,
    });
    const refused = await server.ask(ASKED, { key });
    expect(refused.status).toBe(402);
    expect(at(refused.json, 'error.metadata.binding_limit')).toBe('key');
    expect(at(refused.json, 'error.metadata.available_usd')).toBe('0.00001');
    now = startsAnewAt - 1;
    expect((await server.ask(ASKED, { key })).status).toBe(402);
    now = startsAnewAt;
    expect(await data()).toMatchObject({ effective_remaining: 0.00005, [usage]: 0, usage: 0.00004 });
    expect((await server.ask(ASKED, { key })).status).toBe(200);
  });

  it('never starts anew without a reset', async () => {
    let now = START;
    const server = await gatewayServer({ now: () => now, cache: { ttlMs: 0 } });
    const key = await limitedKey(server, 0.00003, null);
    expect((await server.ask(ASKED, { key })).status).toBe(200);
    now = START + 90 * 86_400_000;
    expect((await server.ask(ASKED, { key })).status).toBe(402);
  });

  it('is the less of what key and account have, without what is reserved', async () => {
    const server = await gatewayServer({ creditsUsd: '0.01', cache: { ttlMs: 0 } });
    const key = await limitedKey(server, 0.005, 'daily');
    const remaining = async (asking: string): Promise<unknown> =>
      at((await server.get('/v1/key', asking)).json, 'data.effective_remaining');
    const reached = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    server.provider().play(async (res, call) => {
      reached.resolve();
      await goOn.promise;
      await whole('Hello')(res, call);
    });
    expect(await remaining(key)).toBe(0.005);
    expect(await remaining(KEYS.key)).toBe(0.01);
    // Reserves 2 prompt tokens and 2,000 of output.
    const running = server.ask({ max_tokens: 2_000 }, { key });
    await reached.promise;
    expect(await remaining(key)).toBe(0.000998);
    expect(await remaining(KEYS.key)).toBe(0.005998);
    const refused = await server.ask({ max_tokens: 1_000 }, { key });
    expect(at(refused.json, 'error.metadata.binding_limit')).toBe('key');
    goOn.resolve();
    expect((await running).status).toBe(200);
    await server.settled();
    expect(await remaining(key)).toBe(0.00498);
    expect(await remaining(KEYS.key)).toBe(0.00998);
    // The account binds a key whose own limit is further away.
    expect(await remaining(await limitedKey(server, 5, null))).toBe(0.00998);
  });
});
