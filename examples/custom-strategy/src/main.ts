import type { AddressInfo } from 'node:net';
import { errorResponder, openExchange, readBody } from '@onerouter/core';
import { createCatalogue, resolveModel, type ModelConfig } from '@onerouter/models';
import { createProviders, type ProviderConfig } from '@onerouter/providers';
import { EndpointHealthBook, fallbackProxy, Upstreams } from '@onerouter/proxy';
import express from 'express';
import { valueForTime, type ValueForTimeOptions } from './value-for-time.ts';

export interface StartOptions extends ValueForTimeOptions {
  /** `0` picks a free one. */
  readonly port: number;
  /** Providers by name, as `createProviders()` takes them. */
  readonly providers: Readonly<Record<string, ProviderConfig>>;
  readonly models: readonly ModelConfig[];
}

/** A server that runs. */
export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server that routes by price and latency. */
export async function start(options: StartOptions): Promise<Running> {
  const providers = [...createProviders(options.providers).values()];
  const catalogue = createCatalogue({ providers, models: options.models });
  // Shared: what the proxy measures is what the strategy goes by.
  const health = new EndpointHealthBook();
  const upstreams = new Upstreams();

  const app = express();
  app.post(
    '/v1/chat/completions',
    openExchange({ surface: 'chat' }),
    readBody({ surface: 'chat' }),
    resolveModel({ catalogue, health, strategy: valueForTime(options) }),
    fallbackProxy({ health, upstreams }),
  );
  app.use(errorResponder());

  const server = app.listen(options.port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await upstreams.close();
    },
  };
}

if (import.meta.main) {
  const { OPENAI_API_KEY, OPENROUTER_API_KEY, PORT } = process.env as Record<string, string | undefined>;
  if (!OPENAI_API_KEY || !OPENROUTER_API_KEY) throw new Error('Set OPENAI_API_KEY and OPENROUTER_API_KEY.');
  const pricing = { prompt: '0.00000015', completion: '0.0000006' };
  const running = await start({
    port: Number(PORT ?? 3000),
    providers: { openai: { apiKey: OPENAI_API_KEY }, openrouter: { apiKey: OPENROUTER_API_KEY } },
    models: [
      {
        id: 'openai/gpt-4o-mini',
        endpoints: [
          { provider: 'openai', model: 'gpt-4o-mini', pricing },
          { provider: 'openrouter', model: 'openai/gpt-4o-mini', pricing },
        ],
      },
    ],
  });
  console.log(`By price and latency: ${running.url}/v1/chat/completions`);
}
