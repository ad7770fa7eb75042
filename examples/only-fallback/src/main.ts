import type { AddressInfo } from 'node:net';
import { errorResponder, openExchange, readBody } from '@onerouter/core';
import { createProviders, type ProviderConfig } from '@onerouter/providers';
import { fallbackProxy, Upstreams } from '@onerouter/proxy';
import express from 'express';
import { candidate } from './candidate.ts';

export interface StartOptions {
  /** `0` picks a free one. */
  readonly port: number;
  /** Providers by name, as `createProviders()` takes them. */
  readonly providers: Readonly<Record<string, ProviderConfig>>;
  /** Whom to try, in this order, each with its own name for the model. */
  readonly order: readonly { readonly provider: string; readonly model: string }[];
}

/** A server that runs. */
export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server that answers from the first provider that does. */
export async function start(options: StartOptions): Promise<Running> {
  const providers = createProviders(options.providers);
  const candidates = options.order.map(({ provider: name, model }) => {
    const provider = providers.get(name);
    if (!provider) throw new TypeError(`There is no provider ${name}.`);
    return candidate(provider, model);
  });
  const upstreams = new Upstreams();

  const app = express();
  app.post(
    '/v1/chat/completions',
    openExchange({ surface: 'chat' }),
    readBody({ surface: 'chat' }),
    fallbackProxy({ candidates, upstreams }),
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
  const { OPENAI_API_KEY, MISTRAL_API_KEY, PORT } = process.env as Record<string, string | undefined>;
  if (!OPENAI_API_KEY || !MISTRAL_API_KEY) throw new Error('Set OPENAI_API_KEY and MISTRAL_API_KEY.');
  const running = await start({
    port: Number(PORT ?? 3000),
    providers: { openai: { apiKey: OPENAI_API_KEY }, mistral: { apiKey: MISTRAL_API_KEY } },
    order: [
      { provider: 'openai', model: 'gpt-4o-mini' },
      { provider: 'mistral', model: 'mistral-small-latest' },
    ],
  });
  console.log(`OpenAI with Mistral behind it: ${running.url}/v1/chat/completions`);
}
