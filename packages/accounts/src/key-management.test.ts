import { hashKey, keyLabel } from '@onerouter/auth';
import { OpenRouter } from '@openrouter/sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRoutes, type CallInit, type RoutesFixture } from './testing/routes-fixture.ts';

describe('/keys', () => {
  let routes: RoutesFixture;
  let sdk: OpenRouter;
  beforeEach(async () => {
    routes = await startRoutes();
    sdk = new OpenRouter({ apiKey: routes.ann.managementKey, serverURL: `${routes.url}/api/v1` });
  });
  afterEach(() => routes.close());

  const send = (method: string, path: string, body?: unknown): Promise<Response> =>
    routes.call(path, routes.ann.managementKey, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  it('makes a key that works at once, and shows it once', async () => {
    const answer = await send('POST', '/keys', { name: 'ci', limit: 2.5, limit_reset: 'monthly' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { data, key } = (await answer.json()) as { data: Record<string, unknown>; key: string };
    expect(key).toMatch(/^sk-or-v1-[0-9a-f]{64}$/);
    expect(data).toMatchObject({
      hash: hashKey(key),
      name: 'ci',
      label: keyLabel(key),
      disabled: false,
      limit: 2.5,
      limit_remaining: 2.5,
      limit_reset: 'monthly',
      updated_at: null,
      external_user: null,
      workspace_id: 'acc-ann',
    });
    expect((await routes.call('/key', key)).status).toBe(200);
    expect(await (await send('GET', `/keys/${hashKey(key)}`)).text()).not.toContain(key);
    expect(await routes.accounts.find(hashKey(key))).toMatchObject({ limit: 2_500_000_000n });
  });

  it('speaks the language of the official SDK: create, list, read, change, delete', async () => {
    const expiresAt = new Date(Date.now() + 86_400_000);
    const { data, key } = await sdk.apiKeys.create({
      requestBody: { name: 'sdk', limit: 1, limitReset: 'daily', expiresAt },
    });
    expect(data).toMatchObject({ hash: hashKey(key), name: 'sdk', limitReset: 'daily', expiresAt });
    expect((await sdk.apiKeys.list()).data.map(({ name }) => name)).toEqual(['sdk', 'api key']);
    expect((await sdk.apiKeys.get({ hash: data.hash })).data).toMatchObject({ name: 'sdk', limit: 1 });
    const changed = await sdk.apiKeys.update({
      hash: data.hash,
      requestBody: { name: 'new', limit: null, limitReset: null },
    });
    expect(changed.data).toMatchObject({ name: 'new', limit: null, limitReset: null, disabled: false });
    expect(changed.data.updatedAt).not.toBeNull();
    expect(await sdk.apiKeys.delete({ hash: data.hash })).toEqual({ deleted: true });
    expect((await sdk.apiKeys.list()).data.map(({ name }) => name)).toEqual(['api key']);
  });

  it('hides disabled keys unless asked for them', async () => {
    const hash = hashKey(routes.ann.apiKey);
    await sdk.apiKeys.update({ hash, requestBody: { disabled: true } });
    expect((await sdk.apiKeys.list()).data).toEqual([]);
    expect((await sdk.apiKeys.list({ includeDisabled: true })).data).toMatchObject([
      { hash, disabled: true },
    ]);
    expect((await sdk.apiKeys.list({ includeDisabled: true, offset: 1 })).data).toEqual([]);
  });

  it('stops a key at once that is disabled or deleted', async () => {
    const { apiKey } = routes.ann;
    const hash = hashKey(apiKey);
    expect((await routes.call('/key', apiKey)).status).toBe(200);
    await sdk.apiKeys.update({ hash, requestBody: { disabled: true } });
    expect((await routes.call('/key', apiKey)).status).toBe(401);
    await sdk.apiKeys.update({ hash, requestBody: { disabled: false } });
    expect((await routes.call('/key', apiKey)).status).toBe(200);
    await sdk.apiKeys.delete({ hash });
    expect((await routes.call('/key', apiKey)).status).toBe(401);
  });

  it('needs a management key', async () => {
    for (const [method, path] of [
      ['GET', '/keys'],
      ['POST', '/keys'],
      ['DELETE', `/keys/${hashKey(routes.ann.apiKey)}`],
    ] as const) {
      const answer = await routes.call(path, routes.ann.apiKey, { method });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ error: { metadata: { reason: 'needs_management' } } });
    }
  });

  it("knows neither another account's keys nor management keys", async () => {
    for (const key of [routes.bob.apiKey, routes.ann.managementKey, 'nothing']) {
      for (const method of ['GET', 'PATCH', 'DELETE']) {
        const answer = await send(method, `/keys/${hashKey(key)}`, method === 'PATCH' ? {} : undefined);
        expect(answer.status).toBe(404);
      }
    }
    expect((await routes.call('/key', routes.bob.apiKey)).status).toBe(200);
    expect((await routes.call('/key', routes.ann.managementKey)).status).toBe(200);
  });

  it('changes nothing that a patch does not name', async () => {
    const hash = hashKey(routes.ann.apiKey);
    await send('PATCH', `/keys/${hash}`, { limit: 3, limit_reset: 'weekly' });
    await send('PATCH', `/keys/${hash}`, { name: 'renamed' });
    expect(await routes.accounts.find(hash)).toMatchObject({
      name: 'renamed',
      limit: 3_000_000_000n,
      limitReset: 'weekly',
      disabled: false,
    });
  });

  it.each([
    ['name', {}],
    ['name', { name: '' }],
    ['limit', { name: 'x', limit: -1 }],
    ['limit', { name: 'x', limit: 1e12 }],
    ['limit', { name: 'x', limit: 0.000_000_000_1 }],
    ['limit', { name: 'x', limit: '5' }],
    ['limit_reset', { name: 'x', limit_reset: 'yearly' }],
    ['expires_at', { name: 'x', expires_at: '2020-01-01T00:00:00Z' }],
    ['expires_at', { name: 'x', expires_at: '2090-01-01T00:00:00+02:00' }],
  ])('refuses a bad %s by name: %j', async (param, body) => {
    const answer = await send('POST', '/keys', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 400, param } });
  });

  it('refuses what is no JSON, and what is too much', async () => {
    const { managementKey } = routes.ann;
    const post = (init: CallInit): Promise<Response> =>
      routes.call('/keys', managementKey, { method: 'POST', ...init });
    expect((await post({ body: '{"name":' })).status).toBe(400);
    expect((await post({ body: '[]' })).status).toBe(400);
    expect((await post({ body: 'name=x', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    expect((await post({ body: JSON.stringify({ name: 'x'.repeat(70_000) }) })).status).toBe(413);
    expect((await send('GET', '/keys?offset=-1')).status).toBe(400);
  });
});
