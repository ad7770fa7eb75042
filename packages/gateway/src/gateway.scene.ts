import { createLedger, createMemoryBooks } from '@onerouter/billing';
import { memoryAccounts } from '@onerouter/accounts';
import { hashKey, keyLabel, newApiKey } from '@onerouter/auth';
import { serve, type TestServer } from '@onerouter/core/testing';
import { memoryGenerationLog } from '@onerouter/metering';
import express from 'express';
import { onerouter, type OneRouter } from './onerouter.ts';
import type { OneRouterOptions } from './options.ts';
import type { Store } from './store.ts';

export interface TestGateway extends TestServer {
  readonly gateway: OneRouter;
  readonly key: string;
  /** Asks for a completion of `acme/writer`. */
  ask(fields?: Record<string, unknown>): Promise<Response>;
}

/** A store in memory with one account, credits for a dollar and one key. */
export async function memoryStore(): Promise<{ store: Store; key: string }> {
  const accounts = memoryAccounts();
  const log = memoryGenerationLog();
  const ledger = createLedger(createMemoryBooks());
  const key = newApiKey();
  const now = Date.now();
  await accounts.createAccount({
    id: 'acc-1',
    email: 'a@example.com',
    passwordHash: null,
    allowTraining: false,
    createdAt: now,
  });
  await accounts.createKey({
    hash: hashKey(key),
    kind: 'api',
    accountId: 'acc-1',
    name: 'test',
    label: keyLabel(key),
    disabled: false,
    limit: null,
    limitReset: null,
    expiresAt: null,
    createdAt: now,
    updatedAt: null,
  });
  await ledger.credit({ entryId: 'c', account: 'acc-1', amount: 1_000_000_000n });
  const store = {
    keys: accounts,
    accounts,
    ledger,
    generations: log,
    rollups: log,
    ready: async () => true,
  };
  return { store, key };
}

/** `acme/writer` at `alpha`. */
export function writer(baseUrl: string): Pick<OneRouterOptions, 'providers' | 'models'> {
  return {
    providers: { alpha: { baseUrl, apiKey: 'sk-alpha' } },
    models: [
      {
        id: 'acme/writer',
        contextLength: 8000,
        maxCompletionTokens: 1000,
        endpoints: [
          { provider: 'alpha', model: 'up', pricing: { prompt: '0.000001', completion: '0.000002' } },
        ],
      },
    ],
  };
}

/** The gateway on loopback, at `/v1`. */
export async function testGateway(
  baseUrl: string,
  options: Partial<OneRouterOptions> = {},
): Promise<TestGateway> {
  const { store, key } = await memoryStore();
  const gateway = onerouter({ store, ...writer(baseUrl), ...options });
  const app = express();
  app.use('/v1', gateway);
  app.use(gateway.operations);
  const server = await serve(app);
  return {
    ...server,
    gateway,
    key,
    ask: (fields = {}) =>
      fetch(`${server.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({
          model: 'acme/writer',
          messages: [{ role: 'user', content: 'Hi' }],
          ...fields,
        }),
      }),
    close: async () => {
      await server.close();
      await gateway.drain(1000);
      await store.ledger.close();
    },
  };
}
