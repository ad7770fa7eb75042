import { bootstrapAccounts } from '@onerouter/accounts';
import { onerouter } from '@onerouter/gateway';
import express from 'express';
import type { AddressInfo } from 'node:net';
import type { AppOptions } from './app-process.ts';
import { KEY, MODEL, PRICING } from './offer.ts';
import { openStore } from './stores.ts';

/*
 * A gateway as an application runs it, in a process that may be killed at any moment. It ends with the process that
 * started it.
 */

process.on('disconnect', () => process.exit(0));

const options = JSON.parse(process.argv[2] ?? '') as AppOptions;
const store = await openStore(options.store, {
  leaseMs: 1_000,
  heartbeatMs: 300,
  sweepMs: 200,
  journalPath: options.journalPath,
  log: { warn() {}, error() {} },
});
await store.ledger.start();
await bootstrapAccounts({
  accounts: store.accounts,
  ledger: store.ledger,
  config: {
    accounts: [
      {
        email: 'crash@example.com',
        creditsUsd: options.creditsUsd,
        apiKeys: [{ name: 'key', key: KEY }],
      },
    ],
  },
});
const gateway = onerouter({
  store,
  log: { warn() {}, error() {} },
  providers: { alpha: { baseUrl: options.providerUrl, apiKey: 'sk-alpha' } },
  models: [
    {
      id: MODEL,
      name: MODEL,
      contextLength: 128_000,
      maxCompletionTokens: 4_000,
      inputModalities: ['text'],
      endpoints: [{ provider: 'alpha', model: 'up', pricing: PRICING }],
    },
  ],
});
const app = express();
app.use('/v1', gateway);
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => void end());

async function end(): Promise<void> {
  server.close();
  await gateway.drain(5_000);
  await store.close();
  process.exit(0);
}
