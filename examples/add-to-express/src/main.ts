import type { AddressInfo } from 'node:net';
import { bootstrapAccounts } from '@onerouter/accounts';
import { onerouter, type CatalogueConfig } from '@onerouter/gateway';
import { openSqliteStore } from '@onerouter/store-sqlite';
import express from 'express';
import { existingServer } from './existing-server.ts';

export interface StartOptions {
  /** `0` picks a free one. */
  readonly port: number;
  /** Who answers, and with which models. */
  readonly catalogue: CatalogueConfig;
  /** The API key that calls; 64 hexadecimal digits after `sk-or-v1-`. */
  readonly apiKey: string;
  /** Path of the database, or `:memory:`. */
  readonly database: string;
}

/** A server that runs. */
export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the existing server with OneRouter at `/v1`. */
export async function start(options: StartOptions): Promise<Running> {
  const store = openSqliteStore(options.database);
  await store.ledger.start();
  const account = {
    email: 'shop@example.com',
    creditsUsd: '10.00',
    apiKeys: [{ name: 'shop', key: options.apiKey }],
  };
  await bootstrapAccounts({
    accounts: store.accounts,
    ledger: store.ledger,
    config: { accounts: [account] },
  });
  const gateway = onerouter({ ...options.catalogue, store });

  const app = express();
  // Before the server's own body parser, whose limit of 100 KB is too small for images.
  app.use('/v1', gateway);
  existingServer(app);

  const server = app.listen(options.port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      await gateway.drain(30_000);
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      await store.close();
    },
  };
}

if (import.meta.main) {
  const { OPENAI_API_KEY, ONEROUTER_API_KEY, PORT } = process.env as Record<string, string | undefined>;
  if (!OPENAI_API_KEY || !ONEROUTER_API_KEY) {
    throw new Error('Set OPENAI_API_KEY, and ONEROUTER_API_KEY: sk-or-v1- with 64 hexadecimal digits.');
  }
  const running = await start({
    port: Number(PORT ?? 3000),
    catalogue: { providers: { openai: { apiKey: OPENAI_API_KEY } } },
    apiKey: ONEROUTER_API_KEY,
    database: 'shop.db',
  });
  console.log(`The shop is at ${running.url}, and OneRouter at ${running.url}/v1`);
}
