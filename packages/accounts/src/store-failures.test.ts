import { errorResponder, GatewayError, type Log } from '@onerouter/core';
import { serve, type TestServer } from '@onerouter/core/testing';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accountRoutes } from './account-routes.ts';
import { memoryAccounts } from './memory-accounts.ts';
import { storeFailures } from './store-failures.ts';
import { testPrincipal } from './testing/test-principal.ts';

const PATHS = ['/key', '/credits', '/generation?id=gen-1', '/keys', `/keys/${'a'.repeat(64)}`];

describe('routes of an account whose store fails', () => {
  const log = { warn: vi.fn<Log['warn']>(), error: vi.fn<Log['error']>() };
  let away: Error | undefined;
  let server: TestServer;
  beforeEach(async () => {
    away = undefined;
    log.error.mockClear();
    const ask = async <T>(answer: T): Promise<T> => {
      if (away) throw away;
      return answer;
    };
    const accounts = memoryAccounts();
    const numbers = { total: 0n, daily: 0n, weekly: 0n, monthly: 0n, reserved: 0n };
    const balance = { balance: 5n, reserved: 0n, available: 5n, totalCredits: 5n, totalUsage: 0n };
    const app = express();
    app.use(
      accountRoutes({
        accounts: {
          ...accounts,
          find: async (hash) => ask(await accounts.find(hash)),
          listKeys: async (account) => ask(await accounts.listKeys(account)),
        },
        ledger: { balance: () => ask(balance), keyUsage: () => ask(numbers) },
        generations: { find: () => ask(undefined) },
        principal: () => testPrincipal({ kind: 'management' }),
        log,
      }),
    );
    app.get('/refused', () => {
      throw new GatewayError('conflict', 'There is one already.');
    });
    app.get('/mistaken', () => {
      throw new TypeError('undefined is not a function');
    });
    app.use(storeFailures({ log }), errorResponder({ log }));
    server = await serve(app);
  });
  afterEach(() => server.close());

  it('answer 503 with Retry-After, and as before once it is back', async () => {
    expect((await fetch(`${server.url}/credits`)).status).toBe(200);
    for (const path of PATHS) {
      away = Object.assign(new Error('database is locked by /var/secret.db'), { code: 'ERR_SQLITE_ERROR' });
      const refused = await fetch(`${server.url}${path}`);
      expect([path, refused.status, refused.headers.get('retry-after')]).toEqual([path, 503, '1']);
      const body = await refused.text();
      expect(JSON.parse(body)).toMatchObject({ error: { code: 503, metadata: { origin: 'gateway' } } });
      expect(body).not.toContain('secret');
      away = undefined;
      expect((await fetch(`${server.url}${path}`)).status).not.toBe(503);
    }
  });

  it('report each failure once, with its cause', async () => {
    away = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
    await fetch(`${server.url}/credits`);
    expect(log.error).toHaveBeenCalledOnce();
    expect(log.error.mock.calls[0]?.[0]).toMatchObject({ err: { message: 'connection refused' } });
  });

  it('leave refusals and mistakes what they are', async () => {
    expect((await fetch(`${server.url}/refused`)).status).toBe(409);
    expect((await fetch(`${server.url}/mistaken`)).status).toBe(500);
    expect((await fetch(`${server.url}/keys/%zz`)).status).toBe(400);
  });
});
