import { hashKey, keyLabel } from '@onerouter/auth';
import { OpenRouter } from '@openrouter/sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRoutes, type RoutesFixture } from './testing/routes-fixture.ts';

describe('GET /key and GET /credits', () => {
  let routes: RoutesFixture;
  beforeEach(async () => {
    routes = await startRoutes();
  });
  afterEach(() => routes.close());

  const keyInfo = async (key: string): Promise<Record<string, unknown>> => {
    const answer = await routes.call('/key', key);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { data: Record<string, unknown> }).data;
  };
  const setKey = async (fields: Parameters<typeof routes.accounts.updateKey>[2]): Promise<void> => {
    await routes.accounts.updateKey(routes.ann.account.id, hashKey(routes.ann.apiKey), fields, 1);
  };

  it('tells a key its label, what it spent and what it may spend', async () => {
    const { ann } = routes;
    await setKey({ limit: 5_000_000_000n, limitReset: 'weekly', expiresAt: 4_102_444_800_000 });
    routes.balances.set(ann.account.id, { available: 10_000_000_000n, totalCredits: 12_000_000_000n });
    routes.spendings.set(hashKey(ann.apiKey), {
      total: 7_000_000_000n,
      daily: 1_000_000n,
      weekly: 2_000_000_000n,
      monthly: 3_500_000_001n,
      reserved: 500_000_000n,
    });
    expect(await keyInfo(ann.apiKey)).toMatchObject({
      label: keyLabel(ann.apiKey),
      limit: 5,
      limit_remaining: 3,
      limit_reset: 'weekly',
      effective_remaining: 2.5,
      usage: 7,
      usage_daily: 0.001,
      usage_weekly: 2,
      usage_monthly: 3.500000001,
      is_free_tier: false,
      is_management_key: false,
      is_provisioning_key: false,
      expires_at: '2100-01-01T00:00:00.000Z',
    });
  });

  it('has every field that the official SDK asks for', async () => {
    const sdk = new OpenRouter({ apiKey: routes.ann.apiKey, serverURL: `${routes.url}/api/v1` });
    const { data } = await sdk.apiKeys.getCurrentKeyMetadata();
    expect(data).toMatchObject({
      label: keyLabel(routes.ann.apiKey),
      limit: null,
      limitRemaining: null,
      limitReset: null,
      allowedDataRegions: ['global'],
      organizationId: null,
      freeModelDailyRequests: { used: 0 },
    });
  });

  it.each([
    ['the account, when the key has no limit', { limit: null }, 0n, 4_000_000_000n, 4],
    ['the account, when it has less', { limit: 5_000_000_000n }, 0n, 4_000_000_000n, 4],
    ['the key, when it has less', { limit: 3_000_000_000n }, 1_000_000_000n, 4_000_000_000n, 2],
    ['nothing, when the key is used up', { limit: 1_000_000_000n }, 2_000_000_000n, 4_000_000_000n, 0],
    ['nothing, when the account is overdrawn', { limit: null }, 0n, -1n, 0],
    ['nothing, when the key may spend nothing', { limit: 0n }, 0n, 4_000_000_000n, 0],
  ])('shows as effective remainder that of %s', async (_case, fields, total, available, remaining) => {
    await setKey(fields);
    routes.balances.set(routes.ann.account.id, { available });
    routes.spendings.set(hashKey(routes.ann.apiKey), { total });
    expect(await keyInfo(routes.ann.apiKey)).toMatchObject({ effective_remaining: remaining });
  });

  it('counts a limit that resets against its running period', async () => {
    await setKey({ limit: 5_000_000_000n, limitReset: 'daily' });
    routes.spendings.set(hashKey(routes.ann.apiKey), { total: 90_000_000_000n, daily: 1_000_000_000n });
    expect(await keyInfo(routes.ann.apiKey)).toMatchObject({ limit_remaining: 4 });
  });

  it('calls an account free as long as it never had credits', async () => {
    expect(await keyInfo(routes.ann.apiKey)).toMatchObject({ is_free_tier: true });
    routes.balances.set(routes.ann.account.id, { totalCredits: 1n });
    expect(await keyInfo(routes.ann.apiKey)).toMatchObject({ is_free_tier: false });
  });

  it('tells a management key that it is one', async () => {
    expect(await keyInfo(routes.ann.managementKey)).toMatchObject({
      is_management_key: true,
      is_provisioning_key: true,
    });
  });

  it('shows credits and usage in USD, to keys of both kinds, each of its own account', async () => {
    routes.balances.set(routes.ann.account.id, {
      totalCredits: 100_500_000_000n,
      totalUsage: 25_750_000_001n,
    });
    for (const key of [routes.ann.apiKey, routes.ann.managementKey]) {
      const answer = await routes.call('/credits', key);
      expect(await answer.json()).toEqual({ data: { total_credits: 100.5, total_usage: 25.750000001 } });
    }
    expect(await (await routes.call('/credits', routes.bob.managementKey)).json()).toEqual({
      data: { total_credits: 0, total_usage: 0 },
    });
    const sdk = new OpenRouter({ apiKey: routes.ann.managementKey, serverURL: `${routes.url}/api/v1` });
    expect(await sdk.credits.getCredits()).toEqual({
      data: { totalCredits: 100.5, totalUsage: 25.750000001 },
    });
  });
});
