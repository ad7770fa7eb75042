import { bootstrapAccounts } from '@onerouter/accounts';
import { formatUsd, type Log } from '@onerouter/core';
import { scriptedProvider, serve, whole, type ScriptedProvider } from '@onerouter/core/testing';
import {
  onerouter,
  type CatalogueConfig,
  type OneRouter,
  type OneRouterOptions,
  type PeopleOptions,
} from '@onerouter/gateway';
import { openSqliteStore, type SqliteStore } from '@onerouter/store-sqlite';
import express from 'express';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { checkBooks } from './books.ts';
import { KEYS, people } from './people.ts';
import { at, until, type Fields } from './tools.ts';

export { KEYS } from './people.ts';
export { at, until, type Fields } from './tools.ts';

type Providers = CatalogueConfig['providers'];
type Models = NonNullable<CatalogueConfig['models']>;
type ModelConfig = Models[number];

export const PRICING = { prompt: '0.000001', completion: '0.000002' } as const;

/** A model that one provider serves, or several. */
export function model(
  id: string,
  endpoints: readonly (Partial<ModelConfig['endpoints'][number]> & { provider: string })[],
  more: Partial<ModelConfig> = {},
): ModelConfig {
  return {
    id,
    name: id,
    contextLength: 128_000,
    maxCompletionTokens: 4_000,
    inputModalities: ['text', 'image', 'file', 'audio'],
    ...more,
    endpoints: endpoints.map((one) => ({
      model: `${one.provider}-up`,
      ...(one.free === true ? {} : { pricing: PRICING }),
      ...one,
    })),
  };
}

export const WRITER: ModelConfig = model('acme/writer-1', [{ provider: 'alpha' }], { aliases: ['scribe'] });

export interface GatewayServerOptions extends Partial<
  Omit<OneRouterOptions, 'providers' | 'store' | 'people'>
> {
  /** Scripted providers by name, with what is special about each. @default alpha */
  readonly providers?: Readonly<Record<string, Partial<Providers[string]>>>;
  /** Of the account of `KEYS.key`. @default "10" */
  readonly creditsUsd?: string;
  /** What `KEYS.limited` may spend. @default "1" */
  readonly keyLimitUsd?: string;
  readonly allowTraining?: boolean;
  /** The store's clock. @default Date.now */
  readonly now?: () => number;
  /** What people may do. @default nothing */
  readonly people?: (store: SqliteStore) => PeopleOptions;
  /** More of the host's own, mounted before the gateway. */
  readonly before?: (app: express.Express) => void;
}

export interface PostOptions {
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Fields;
}

export interface GatewayServer {
  readonly url: string;
  readonly gateway: OneRouter;
  readonly store: SqliteStore;
  readonly accounts: readonly string[];
  readonly directory: string;
  /** A scripted provider by name. */
  provider(name?: string): ScriptedProvider;
  /** The providers as `gateway.reload()` takes them. */
  readonly providers: Providers;
  post(path: string, body: unknown, options?: PostOptions): Promise<Response>;
  /** A chat completion of `acme/writer-1`, unless said otherwise. */
  chat(fields?: object, options?: PostOptions): Promise<Response>;
  /** The same, read to its end as JSON. */
  ask(fields?: object, options?: PostOptions): Promise<Answered>;
  get(path: string, key?: string): Promise<Answered>;
  generation(id: string | null, key?: string): Promise<Fields>;
  /** What the account of `KEYS.key` has paid so far, as decimal text. */
  spent(account?: number): Promise<string>;
  /** Waits until every exchange is settled. */
  settled(): Promise<void>;
  /** The bytes of every file of the store as they are now. */
  files(): Record<string, Buffer>;
  close(): Promise<void>;
}

/** A gateway that closes, and has its books checked, when the test is over. */
export async function gatewayServer(options: GatewayServerOptions = {}): Promise<GatewayServer> {
  const server = await openGateway(options);
  onTestFinished(() => server.close());
  return server;
}

/** A whole gateway on loopback: Express, scripted providers, SQLite in a folder of its own. */
export async function openGateway(options: GatewayServerOptions = {}): Promise<GatewayServer> {
  const {
    providers: wanted = { alpha: {} },
    creditsUsd = '10',
    keyLimitUsd = '1',
    allowTraining,
    now = Date.now,
    before,
    people: peopleOf,
    ...rest
  } = options;
  const scripted = new Map<string, ScriptedProvider>();
  const providers: Record<string, Providers[string]> = {};
  for (const [name, config] of Object.entries(wanted)) {
    const provider = await scriptedProvider(whole('Hello'));
    scripted.set(name, provider);
    providers[name] = { baseUrl: provider.url, apiKey: `sk-${name}`, ...config };
  }
  const directory = mkdtempSync(join(tmpdir(), 'onerouter-'));
  const store = openSqliteStore(join(directory, 'onerouter.db'), { now });
  await store.ledger.start();
  const accounts = await bootstrapAccounts({
    ...store,
    config: { accounts: people(creditsUsd, keyLimitUsd, allowTraining) },
  });
  const log: Log = rest.log ?? { warn: () => {}, error: () => {} };
  const gateway = onerouter({ models: [WRITER], ...rest, people: peopleOf?.(store), log, store, providers });
  const app = express();
  before?.(app);
  app.use(['/v1', '/api/v1'], gateway);
  app.use(gateway.operations);
  const listening = await serve(app);
  const { url } = listening;

  const post: GatewayServer['post'] = (path, body, { key = KEYS.key, headers = {}, signal } = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...headers,
      },
      body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  const get: GatewayServer['get'] = async (path, key = KEYS.key) =>
    read(await fetch(url + path, { headers: { authorization: `Bearer ${key}` } }));
  const chat: GatewayServer['chat'] = (fields = {}, how = {}) =>
    post(
      '/v1/chat/completions',
      { model: 'acme/writer-1', messages: [{ role: 'user', content: 'Write.' }], ...fields },
      how,
    );
  const settled = (): Promise<void> => until(() => gateway.running.count === 0);

  return {
    url,
    gateway,
    store,
    directory,
    providers,
    accounts: accounts.map(({ id }) => id),
    provider(name = 'alpha') {
      const found = scripted.get(name);
      if (!found) throw new Error(`There is no provider ${name}.`);
      return found;
    },
    post,
    get,
    chat,
    ask: async (fields, how) => read(await chat(fields, how)),
    generation: async (id, key) => at((await get(`/v1/generation?id=${id}`, key)).json, 'data') as Fields,
    spent: async (account = 0) =>
      formatUsd((await store.ledger.balance(accounts[account]?.id ?? '')).totalUsage),
    settled,
    files: () =>
      Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name))])),
    close: async () => {
      try {
        await settled();
        for (const { id } of accounts) await checkBooks(store, id);
      } finally {
        await listening.close();
        await gateway.drain(1_000);
        await store.close();
        for (const provider of scripted.values()) await provider.close();
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}

async function read(response: Response): Promise<Answered> {
  const text = await response.text();
  let json: Fields = {};
  try {
    json = JSON.parse(text) as Fields;
  } catch {
    json = { notJson: text };
  }
  return { status: response.status, headers: response.headers, json };
}
