import type { AddressInfo } from 'node:net';
import { errorResponder, openExchange, type Generation } from '@onerouter/core';
import { meter } from '@onerouter/metering';
import express from 'express';
import { foreignHandler } from './foreign-handler.ts';

export interface StartOptions {
  /** `0` picks a free one. */
  readonly port: number;
  /** Takes the record of each exchange. */
  readonly onRecord: (record: Readonly<Generation>) => void;
}

/** A server that runs. */
export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server whose own handler is metered. */
export async function start({ port, onRecord }: StartOptions): Promise<Running> {
  const app = express();
  app.post(
    '/v1/chat/completions',
    openExchange({ surface: 'chat' }),
    meter({ tap: true, onRecord }),
    foreignHandler,
  );
  app.use(errorResponder());

  const server = app.listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

if (import.meta.main) {
  const running = await start({
    port: Number(process.env['PORT'] ?? 3000),
    onRecord: ({ id, status, usage, latencyMs, generationMs, tokensPerSecond }) =>
      console.log({ id, status, usage, latencyMs, generationMs, tokensPerSecond }),
  });
  console.log(`Try: curl -N -X POST ${running.url}/v1/chat/completions`);
}
