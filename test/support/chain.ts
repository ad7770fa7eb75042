import {
  errorResponder,
  openExchange,
  parsePricing,
  readBody,
  RunningExchanges,
  type Candidate,
  type Generation,
  type Surface,
} from '@onerouter/core';
import { serve, type ScriptedProvider, type TestServer } from '@onerouter/core/testing';
import { meter } from '@onerouter/metering';
import { fallbackProxy, Upstreams, type FallbackProxyOptions } from '@onerouter/proxy';
import { createProviders, type ProviderConfig } from '@onerouter/providers';
import express from 'express';

const PRICING = { prompt: '0.000001', completion: '0.000002' };

/** A candidate that serves `acme/writer` at a scripted provider. */
export function candidate(
  name: string,
  provider: ScriptedProvider,
  config: Partial<ProviderConfig> = {},
): Candidate {
  const made = createProviders({ [name]: { baseUrl: provider.url, apiKey: `sk-${name}`, ...config } }).get(
    name,
  );
  if (!made) throw new Error('No provider.');
  const endpoint = {
    id: `${name}/acme/writer`,
    modelId: 'acme/writer',
    modelName: 'Writer',
    provider: made,
    upstreamModel: `${name}-writer`,
    pricing: PRICING,
    prices: parsePricing(PRICING),
    contextLength: 8_000,
    maxCompletionTokens: 1_000,
    inputModalities: ['text' as const],
    supportedParameters: null,
    quantization: null,
  };
  const model = {
    id: 'acme/writer',
    name: 'Writer',
    description: '',
    aliases: [],
    created: 0,
    contextLength: 8_000,
    maxCompletionTokens: 1_000,
    inputModalities: ['text' as const],
    outputModalities: ['text' as const],
    knowledgeCutoff: null,
    endpoints: [endpoint],
  };
  return { model, endpoint };
}

/** Records kept for `record()`; a soak run takes none of its many. */
const MAX_KEPT = 1_000;

export interface ChainServer extends TestServer {
  /** Resolves with the next record that is not taken yet. */
  record(): Promise<Generation>;
  /** Settles when a client has left before its answer was whole. */
  readonly left: Promise<void>;
  /** Exchanges that are not settled yet. */
  unsettled(): number;
}

/** `openExchange → readBody → meter → fallbackProxy → errorResponder` on loopback. */
export async function chainServer(
  candidates: readonly Candidate[],
  options: Omit<FallbackProxyOptions, 'candidates'> & { readonly surface?: Surface } = {},
): Promise<ChainServer> {
  const { surface = 'chat', ...rest } = options;
  const upstreams = new Upstreams();
  const running = new RunningExchanges();
  const records: Generation[] = [];
  const waiting: ((record: Generation) => void)[] = [];
  const onRecord = (record: Readonly<Generation>): void => {
    const next = waiting.shift();
    if (next) next(record);
    else if (records.length < MAX_KEPT) records.push(record);
  };
  const left = Promise.withResolvers<void>();
  const app = express();
  app.post(
    '/v1/*path',
    (_req, res, next) => {
      res.once('close', () => {
        if (!res.writableFinished) left.resolve();
      });
      next();
    },
    openExchange({ surface, running }),
    readBody({ surface }),
    meter({ onRecord }),
    fallbackProxy({ upstreams, ...rest, candidates }),
  );
  app.use(errorResponder());
  const server = await serve(app);
  return {
    url: server.url,
    left: left.promise,
    unsettled: () => running.count,
    record: () => {
      const record = records.shift();
      return record ? Promise.resolve(record) : new Promise((resolve) => waiting.push(resolve));
    },
    close: async () => {
      await server.close();
      await upstreams.close();
    },
  };
}

export interface Ask {
  readonly stream?: boolean;
  readonly signal?: AbortSignal;
  readonly path?: string;
  readonly [field: string]: unknown;
}

/** Asks for a chat completion. */
export function ask(server: TestServer, options: Ask = {}): Promise<Response> {
  const { signal, path = '/v1/chat/completions', ...fields } = options;
  return fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'acme/writer',
      messages: [{ role: 'user', content: 'Write.' }],
      ...fields,
    }),
    ...(signal ? { signal } : {}),
  });
}

export interface ReadStream {
  /** Parsed `data:` events, without the end mark. */
  readonly events: Record<string, unknown>[];
  readonly text: string;
  readonly done: boolean;
  readonly raw: string;
}

/** Reads a stream of chat chunks to its end. */
export async function readStream(response: Response): Promise<ReadStream> {
  const raw = await response.text();
  const datas = raw
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => event.slice(6));
  const events = datas
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data) as Record<string, unknown>);
  return { events, text: events.map(textOf).join(''), done: datas.at(-1) === '[DONE]', raw };
}

function textOf(event: Record<string, unknown>): string {
  const [choice] = (event['choices'] ?? []) as { delta?: { content?: string } }[];
  return choice?.delta?.content ?? '';
}
