import { bootstrapAccounts } from '@onerouter/accounts';
import { onerouter } from '@onerouter/gateway';
import express from 'express';
import { readCandidateArguments } from '../harness/arguments.ts';
import { exitWithParent } from '../harness/parent.ts';
import { MODELS } from '../upstream/models.ts';
import { BENCH_KEY } from './bench-key.ts';
import { openBenchStore } from './bench-store.ts';

/*
 * The whole chain on a store, a SQLite file if not told otherwise, as the application runs it: authentication, resolution, a durable reservation,
 * metering, the prompt cache, the proxy with fallback, settlement.
 */

const { port, upstream, dir, store: storeName } = readCandidateArguments();
const store = await openBenchStore(storeName, dir);
await bootstrapAccounts({
  accounts: store.accounts,
  ledger: store.ledger,
  config: {
    accounts: [
      { email: 'bench@example.com', creditsUsd: '100000', apiKeys: [{ name: 'bench', key: BENCH_KEY }] },
    ],
  },
});
const gateway = onerouter({
  store,
  providers: { upstream: { baseUrl: `${upstream}/v1`, apiKey: 'sk-upstream' } },
  models: MODELS.map((model) => ({
    id: `bench/${model}`,
    aliases: [model],
    name: model,
    contextLength: 4_000_000,
    maxCompletionTokens: 8_192,
    inputModalities: ['text', 'image'],
    endpoints: [{ provider: 'upstream', model, pricing: { prompt: '0.00000015', completion: '0.0000006' } }],
  })),
});
const app = express();
app.disable('x-powered-by');
app.use(['/v1', '/api/v1'], gateway);
app.use(gateway.operations);
app.listen(port, '127.0.0.1');
exitWithParent();
