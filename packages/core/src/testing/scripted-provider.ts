import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { serve } from './serve.ts';

/** A call that a scripted provider has received. */
export interface ReceivedCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
  /** The body as JSON, or `undefined` when it is none. */
  readonly json: Record<string, unknown> | undefined;
  /** Settles when the provider's response has closed; true when the caller broke it off. */
  readonly closed: Promise<boolean>;
}

/** What a provider does with one call. */
export type Script = (res: ServerResponse, call: ReceivedCall) => void | Promise<void>;

/** A provider on loopback that does what a test tells it. */
export interface ScriptedProvider {
  /** Base URL, `/v1` included. */
  readonly url: string;
  readonly calls: readonly ReceivedCall[];
  /** Scripts for the next calls, one each; the last one goes on for ever. */
  play(...scripts: Script[]): void;
  /** Drops what `calls` holds, for tests of many. */
  forget(): void;
  close(): Promise<void>;
}

export async function scriptedProvider(...first: Script[]): Promise<ScriptedProvider> {
  const calls: ReceivedCall[] = [];
  let scripts: Script[] = first;
  const server = await serve((req, res) => {
    void receive(req, res).then((call) => {
      calls.push(call);
      const script = scripts.length > 1 ? scripts.shift() : scripts[0];
      return (script ?? whole('unscripted'))(res, call);
    });
  });
  return {
    url: `${server.url}/v1`,
    calls,
    play(...next) {
      scripts = next;
    },
    forget() {
      calls.length = 0;
    },
    close: () => server.close(),
  };
}

async function receive(req: IncomingMessage, res: ServerResponse): Promise<ReceivedCall> {
  const parts: Buffer[] = [];
  for await (const part of req as AsyncIterable<Buffer>) parts.push(part);
  const raw = Buffer.concat(parts);
  const closed = new Promise<boolean>((resolve) => {
    res.once('close', () => resolve(!res.writableFinished));
  });
  return { path: req.url ?? '', headers: req.headers, raw, json: parse(raw), closed };
}

function parse(raw: Buffer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(raw.toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Usage as OpenAI reports it. */
export interface WireUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly [field: string]: unknown;
}

export const DEFAULT_USAGE: WireUsage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

/** Answers with a whole completion. */
export function whole(content: string, usage: WireUsage | null = DEFAULT_USAGE): Script {
  return (res) =>
    answerJson(res, 200, {
      id: 'chatcmpl-up',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: 'upstream-model',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      ...(usage ? { usage } : {}),
    });
}

/** Answers with a status and a body. */
export function refuse(
  status: number,
  body: unknown = { error: { message: 'no' } },
  headers: Record<string, string> = {},
): Script {
  return (res) => answerJson(res, status, body, headers);
}

/** Breaks the connection before any response. */
export function reset(): Script {
  return (res) => {
    res.socket?.destroy();
  };
}

/** Takes the call and never answers. */
export function hang(): Script {
  return () => {};
}

/** Sends events of a stream, each in a write of its own, and closes; `BREAK` breaks the connection instead. */
export function streams(...events: (string | typeof BREAK)[]): Script {
  return async (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.flushHeaders();
    for (const event of events) {
      if (event === BREAK) {
        res.socket?.destroy();
        return;
      }
      await new Promise((resolve) => {
        res.write(event, resolve);
      });
      await new Promise(setImmediate);
    }
    res.end();
  };
}

export const BREAK: unique symbol = Symbol('break');

/** One chunk of a chat stream, as an event. */
export function chunk(delta: object, finishReason: string | null = null): string {
  return sse({ ...ENVELOPE, choices: [{ index: 0, delta, finish_reason: finishReason }] });
}

export function roleChunk(): string {
  return chunk({ role: 'assistant', content: '' });
}

export function textChunk(content: string): string {
  return chunk({ content });
}

export function finishChunk(reason = 'stop'): string {
  return chunk({}, reason);
}

export function usageChunk(usage: WireUsage = DEFAULT_USAGE): string {
  return sse({ ...ENVELOPE, choices: [], usage });
}

export function errorChunk(error: object): string {
  return sse({ ...ENVELOPE, error });
}

export const DONE = 'data: [DONE]\n\n';

/** A whole, ordinary stream of these texts. */
export function textStream(...texts: string[]): Script {
  return streams(roleChunk(), ...texts.map(textChunk), finishChunk(), usageChunk(), DONE);
}

const ENVELOPE = {
  id: 'chatcmpl-up',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'upstream-model',
};

function sse(body: object): string {
  return `data: ${JSON.stringify(body)}\n\n`;
}

function answerJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  res.writeHead(status, { 'content-type': 'application/json', ...headers });
  res.end(typeof body === 'string' ? body : JSON.stringify(body));
}
