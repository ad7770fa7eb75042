import { createLedger, createMemoryBooks } from '@onerouter/billing';
import { errorResponder, type Principal } from '@onerouter/core';
import { serve } from '@onerouter/core/testing';
import { memoryGenerationLog } from '@onerouter/metering';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { accountRoutes } from './account-routes.ts';
import { memoryAccounts } from './memory-accounts.ts';

const signedIn: Principal = {
  kind: 'session',
  accountId: 'acc-1',
  keyId: 'session-1',
  keyName: 'browser',
  keyLabel: '',
  keyLimit: null,
  keyLimitReset: null,
  allowTraining: false,
};

describe('accountRoutes() in a server with authentication of its own', () => {
  it('takes the caller from an option, and parsed bodies from the server', async () => {
    const accounts = memoryAccounts();
    await accounts.createAccount({
      id: 'acc-1',
      email: 'ann@example.com',
      passwordHash: null,
      allowTraining: false,
      createdAt: 0,
    });
    const ledger = createLedger(createMemoryBooks());
    await ledger.credit({ entryId: 'gift', account: 'acc-1', amount: 1_500_000_000n });
    const app = express();
    app.use(express.json());
    app.use(
      '/me',
      accountRoutes({ accounts, ledger, generations: memoryGenerationLog(), principal: () => signedIn }),
    );
    app.use(errorResponder());
    const server = await serve(app);
    const call = async (path: string, init?: RequestInit): Promise<[number, unknown]> => {
      const answer = await fetch(`${server.url}/me${path}`, init);
      return [answer.status, await answer.json()];
    };
    try {
      expect(await call('/credits')).toEqual([200, { data: { total_credits: 1.5, total_usage: 0 } }]);
      const made = await call('/keys', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"name":"from a page"}',
      });
      expect(made).toMatchObject([201, { data: { name: 'from a page', usage: 0, limit: null } }]);
      expect(await call('/generation?id=gen-1')).toMatchObject([404, { error: { code: 404 } }]);
      expect(await call('/key')).toMatchObject([401, { error: { code: 401 } }]);
    } finally {
      await server.close();
      await ledger.close();
    }
  });
});
