import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrapAccounts } from '@onerouter/accounts';
import { onerouter } from '@onerouter/gateway';
import { openSqliteStore } from '@onerouter/store-sqlite';
import express from 'express';
import { BENCH_KEY } from '../candidates/bench-key.ts';
import { exitWithParent } from '../harness/parent.ts';
import { MODEL } from './schedule.ts';

/*
 * The whole chain on a SQLite file with default settings, but for the time that a provider gets to begin its answer:
 * the default suits real models.
 */

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '9200' },
    dir: { type: 'string', default: '.' },
    'first-token-ms': { type: 'string', default: '1000' },
    rounds: { type: 'string' },
    provider: { type: 'string', multiple: true, default: [] },
  },
});
const firstTokenMs = Number(values['first-token-ms']);
const urls = values.provider.map((text) => {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)] as const;
});

const store = openSqliteStore(join(values.dir, 'bench.db'));
await store.ledger.start();
await bootstrapAccounts({
  accounts: store.accounts,
  ledger: store.ledger,
  config: {
    accounts: [
      { email: 'bench@example.com', creditsUsd: '100000', apiKeys: [{ name: 'bench', key: BENCH_KEY }] },
    ],
  },
});
const pricing = { prompt: '0.00000015', completion: '0.0000006' };
const gateway = onerouter({
  store,
  ...(values.rounds === undefined ? {} : { routing: { rounds: Number(values.rounds) } }),
  providers: Object.fromEntries(
    urls.map(([name, baseUrl]) => [name, { baseUrl, apiKey: 'sk-upstream', timeouts: { firstTokenMs } }]),
  ),
  models: [
    {
      id: `bench/${MODEL}`,
      aliases: [MODEL],
      name: MODEL,
      contextLength: 128_000,
      maxCompletionTokens: 8_192,
      endpoints: urls.map(([provider]) => ({ provider, model: MODEL, pricing })),
    },
  ],
});
const app = express();
app.disable('x-powered-by');
app.use(['/v1', '/api/v1'], gateway);
app.use(gateway.operations);
app.listen(Number(values.port), '127.0.0.1');
exitWithParent();
