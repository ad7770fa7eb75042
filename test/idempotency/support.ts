import { serve } from '@onerouter/core/testing';
import { onerouter } from '@onerouter/gateway';
import { openSqliteStore, type SqliteStore } from '@onerouter/store-sqlite';
import express from 'express';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { KEYS, WRITER, type GatewayServer, type PostOptions } from '../support/gateway.ts';

let used = 0;

/** A key that no other test uses. */
export function newKey(): string {
  used += 1;
  return `order-${used}-${process.pid}`;
}

/** The header, beside what else a call needs. */
export function under(key: string, more: PostOptions = {}): PostOptions {
  return { ...more, headers: { ...more.headers, 'idempotency-key': key } };
}

export const QUESTION = { model: 'acme/writer-1', messages: [{ role: 'user', content: 'Write.' }] } as const;

/** Another process: a gateway with the same database and providers, and nothing else in common. */
export interface OtherProcess {
  readonly store: SqliteStore;
  ask(fields: object, key: string): Promise<Response>;
}

/** @param now the clock of its ledger and its claims */
export async function otherProcess(
  server: GatewayServer,
  now: () => number = Date.now,
): Promise<OtherProcess> {
  const store = openSqliteStore(join(server.directory, 'onerouter.db'), { checkpointMs: null, now });
  const log = { warn: () => {}, error: () => {} };
  const gateway = onerouter({
    models: [WRITER],
    providers: server.providers,
    store,
    log,
    cache: { ttlMs: 0 },
  });
  const app = express();
  app.use('/v1', gateway);
  const listening = await serve(app);
  onTestFinished(async () => {
    await listening.close();
    await gateway.drain(1_000);
    await store.close();
  });
  return {
    store,
    ask: (fields, key) =>
      fetch(`${listening.url}/v1/chat/completions`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${KEYS.key}`,
          'idempotency-key': key,
        },
        body: JSON.stringify({ ...QUESTION, ...fields }),
      }),
  };
}

/** Something that a test lets go on. */
export class Gate {
  readonly #reached: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #opened: PromiseWithResolvers<void> = Promise.withResolvers();

  /** Waits in it until it is opened. */
  async pass(): Promise<void> {
    this.#reached.resolve();
    await this.#opened.promise;
  }

  /** Settles when somebody waits in it. */
  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  open(): void {
    this.#opened.resolve();
  }
}
