import { errorResponder, exchangeSlot, openExchange, principalSlot, type Log } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import express from 'express';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bearerAuth, type BearerAuth, type BearerAuthOptions } from './bearer-auth.ts';
import { hashKey, keyLabel, newApiKey, newManagementKey } from './keys.ts';
import { memoryKeys, type MemoryKeys } from './memory-keys.ts';
import { keyRecord } from './testing/index.ts';
import type { KeyRecord } from './key-store.ts';

const apiKey = newApiKey();
const managementKey = newManagementKey();
const record = (key: string, fields: Partial<KeyRecord> = {}): KeyRecord =>
  keyRecord({ hash: hashKey(key), label: keyLabel(key), ...fields });

const refused = async (answer: Response): Promise<Record<string, unknown>> => {
  const { error } = (await answer.json()) as {
    error: { message: string; metadata: Record<string, unknown> };
  };
  return {
    status: answer.status,
    type: error.metadata['error_type'],
    reason: error.metadata['reason'],
    challenge: answer.headers.get('www-authenticate'),
    message: error.message,
  };
};

describe('bearerAuth()', () => {
  let keys: MemoryKeys;
  let auth: BearerAuth;
  let server: TestServer;
  const log = { warn: vi.fn<Log['warn']>(), error: vi.fn<Log['error']>() };

  const start = async (options: Partial<BearerAuthOptions> = {}): Promise<void> => {
    auth = bearerAuth({ keys, log, ...options });
    const app = express();
    app.use(openExchange({ surface: 'chat', log }), auth);
    app.use((req, res) => {
      const { accountId, keyId } = exchangeSlot.get(req).record;
      const principal = principalSlot.get(req);
      res.json({
        ...principal,
        keyLimit: principal.keyLimit === null ? null : String(principal.keyLimit),
        record: { accountId, keyId },
      });
    });
    app.use(errorResponder({ log }));
    server = await serve(app);
  };
  const call = (authorization?: string, path = '/', init: RequestInit = {}): Promise<Response> =>
    fetch(server.url + path, { ...init, headers: { ...(authorization && { authorization }) } });
  beforeEach(() => {
    keys = memoryKeys([record(apiKey), record(managementKey, { kind: 'management' })]);
    vi.clearAllMocks();
  });
  afterEach(async () => {
    vi.useRealTimers();
    await server.close();
  });

  it('lets a valid key in and says who calls', async () => {
    keys.add(
      record(apiKey, { accountId: 'acc-1', limit: 5n, limitReset: 'daily', allowTraining: true, name: 'ci' }),
    );
    await start();
    const answer = await call(`Bearer ${apiKey}`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      kind: 'api',
      accountId: 'acc-1',
      keyId: hashKey(apiKey),
      keyName: 'ci',
      keyLabel: keyLabel(apiKey),
      keyLimit: '5',
      keyLimitReset: 'daily',
      allowTraining: true,
      record: { accountId: 'acc-1', keyId: hashKey(apiKey) },
    });
  });

  it('takes the scheme in any case', async () => {
    await start();
    expect((await call(`bearer ${apiKey}`)).status).toBe(200);
    expect((await call(`BEARER ${apiKey}`)).status).toBe(200);
  });

  it('says what to send when there is no key', async () => {
    await start();
    const answer = await refused(await call());
    expect(answer).toMatchObject({
      status: 401,
      type: 'authentication',
      reason: 'missing',
      challenge: 'Bearer realm="onerouter"',
    });
    expect(answer['message']).toContain('Authorization: Bearer sk-or-v1-');
  });

  it('takes no key from the query or the body', async () => {
    await start();
    expect(await refused(await call(undefined, `/?access_token=${apiKey}`))).toMatchObject({
      status: 401,
      reason: 'misplaced',
    });
    const form = await call(undefined, '/', { method: 'POST', body: `access_token=${apiKey}` });
    expect(await refused(form)).toMatchObject({ status: 401, reason: 'missing' });
  });

  it('does not mind an access_token that is meant for somebody else', async () => {
    await start();
    expect((await call(`Bearer ${apiKey}`, '/?access_token=theirs')).status).toBe(200);
  });

  it('tells a wrong key from a key of another service', async () => {
    await start();
    expect(await refused(await call(`Bearer ${newApiKey()}`))).toMatchObject({
      status: 401,
      reason: 'unknown',
      challenge: 'Bearer realm="onerouter", error="invalid_token"',
    });
    expect(await refused(await call('Bearer sk-proj-123'))).toMatchObject({ status: 401, reason: 'foreign' });
  });

  it('refuses disabled and expired keys, each with its reason', async () => {
    await start();
    keys.add(record(apiKey, { disabled: true }));
    expect(await refused(await call(`Bearer ${apiKey}`))).toMatchObject({ status: 401, reason: 'disabled' });
    keys.add(record(apiKey, { expiresAt: Date.now() }));
    auth.invalidate(hashKey(apiKey));
    expect(await refused(await call(`Bearer ${apiKey}`))).toMatchObject({ status: 401, reason: 'expired' });
  });

  it('notices that a cached key expires', async () => {
    await start();
    vi.useFakeTimers({ toFake: ['Date'] });
    keys.add(record(apiKey, { expiresAt: Date.now() + 1_000 }));
    expect((await call(`Bearer ${apiKey}`)).status).toBe(200);
    vi.setSystemTime(Date.now() + 1_000);
    expect(await refused(await call(`Bearer ${apiKey}`))).toMatchObject({ status: 401, reason: 'expired' });
  });

  it('refuses a revoked key at once when told', async () => {
    await start();
    expect((await call(`Bearer ${apiKey}`)).status).toBe(200);
    keys.remove(hashKey(apiKey));
    auth.invalidate(hashKey(apiKey));
    expect(await refused(await call(`Bearer ${apiKey}`))).toMatchObject({ status: 401, reason: 'unknown' });
  });

  it('keeps each kind of key to its own routes', async () => {
    await start();
    expect(await refused(await call(`Bearer ${managementKey}`))).toMatchObject({
      status: 403,
      type: 'permission_denied',
      reason: 'needs_api',
    });
    await server.close();
    await start({ kinds: ['management'] });
    expect((await call(`Bearer ${managementKey}`)).status).toBe(200);
    expect(await refused(await call(`Bearer ${apiKey}`))).toMatchObject({
      status: 403,
      reason: 'needs_management',
    });
    await server.close();
    await start({ kinds: ['api', 'management'] });
    expect((await call(`Bearer ${managementKey}`)).status).toBe(200);
    expect((await call(`Bearer ${apiKey}`)).status).toBe(200);
  });

  it('answers every malformed header with 401', async () => {
    await start();
    const odd = [
      'Bearer',
      `Bearer  ${apiKey}`,
      `Bearer ${apiKey} ${apiKey}`,
      apiKey,
      `Basic ${btoa(`user:${apiKey}`)}`,
      'Bearer \u00ff\u00fe',
      `Bearer ${'x'.repeat(12_000)}`,
      'Bearer __proto__',
      '=,;"',
    ];
    for (const authorization of odd) {
      const status = await new Promise((resolve, reject) => {
        request(server.url, { headers: { authorization } }, (res) => {
          res.resume();
          resolve(res.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect(status, authorization.slice(0, 40)).toBe(401);
    }
  });

  it('lets nobody in while the key store is away, and recovers', async () => {
    let away = true;
    await start({
      keys: { find: (hash) => (away ? Promise.reject(new Error('ECONNREFUSED')) : keys.find(hash)) },
    });
    const answer = await call(`Bearer ${apiKey}`);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await refused(answer)).toMatchObject({ status: 503, reason: 'store_away' });
    expect(log.error).toHaveBeenCalledOnce();
    expect(JSON.stringify(log.error.mock.calls)).not.toContain(apiKey);
    away = false;
    expect((await call(`Bearer ${apiKey}`)).status).toBe(200);
  });

  it('shows no key in any refusal', async () => {
    await start();
    keys.add(record(apiKey, { disabled: true }));
    for (const authorization of [`Bearer ${apiKey}`, `Bearer ${apiKey}0`, `Basic ${apiKey}`]) {
      expect(await (await call(authorization)).text()).not.toContain(apiKey);
    }
  });
});
