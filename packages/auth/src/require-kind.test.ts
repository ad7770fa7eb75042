import { errorResponder } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearerAuth } from './bearer-auth.ts';
import { hashKey, newApiKey, newManagementKey } from './keys.ts';
import { memoryKeys } from './memory-keys.ts';
import { requireKind } from './require-kind.ts';
import { keyRecord } from './testing/index.ts';

describe('requireKind()', () => {
  const api = newApiKey();
  const management = newManagementKey();
  let server: TestServer;
  beforeAll(async () => {
    const keys = memoryKeys([
      keyRecord({ hash: hashKey(api) }),
      keyRecord({ hash: hashKey(management), kind: 'management' }),
    ]);
    const app = express();
    app.use(bearerAuth({ keys, kinds: ['api', 'management'] }));
    app.get('/api', requireKind('api'), (_req, res) => void res.end());
    app.get('/admin', requireKind('management', 'session'), (_req, res) => void res.end());
    app.get('/person', requireKind('session'), (_req, res) => void res.end());
    app.use(errorResponder());
    server = await serve(app);
  });
  afterAll(() => server.close());
  const call = (path: string, key: string): Promise<Response> =>
    fetch(server.url + path, { headers: { authorization: `Bearer ${key}` } });

  it('lets the kinds of its route pass', async () => {
    expect((await call('/api', api)).status).toBe(200);
    expect((await call('/admin', management)).status).toBe(200);
  });

  it('refuses the others and says which kind is needed', async () => {
    const atApi = await call('/api', management);
    expect([atApi.status, atApi.headers.get('www-authenticate')]).toEqual([
      403,
      'Bearer realm="onerouter", error="insufficient_scope"',
    ]);
    expect(await atApi.json()).toMatchObject({ error: { metadata: { reason: 'needs_api' } } });
    const atAdmin = await call('/admin', api);
    expect(await atAdmin.json()).toMatchObject({
      error: { code: 403, metadata: { error_type: 'permission_denied', reason: 'needs_management' } },
    });
    const atPerson = await call('/person', management);
    expect(atPerson.headers.get('www-authenticate')).toBeNull();
    expect(await atPerson.json()).toMatchObject({
      error: { code: 403, metadata: { reason: 'needs_session' } },
    });
  });
});
