import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { serve, type TestServer } from '@onerouter/core/testing';

/** A provider whose streams say one word and then wait to be told to end. */
export class ScriptedProvider {
  /** Streams that have said their word and wait. */
  readonly waiting: ServerResponse[] = [];
  /** Requests that came. */
  requests = 0;
  #server: TestServer | undefined;

  async start(): Promise<string> {
    this.#server = await serve((req, res) => void this.#answer(req, res));
    return `${this.#server.url}/v1`;
  }

  /** Ends every stream that waits. */
  finishAll(): void {
    for (const res of this.waiting.splice(0)) {
      res.write(event({ choices: [{ index: 0, delta: { content: ' end' }, finish_reason: 'stop' }] }));
      res.write(event({ choices: [], usage: USAGE }));
      res.end('data: [DONE]\n\n');
    }
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    this.requests += 1;
    const request = (await json(req)) as { stream?: boolean; model: string };
    if (request.stream === true) this.#begin(res);
    else sendWhole(res, request.model);
  }

  #begin(res: ServerResponse): void {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(event({ choices: [{ index: 0, delta: { content: 'begin' }, finish_reason: null }] }));
    this.waiting.push(res);
  }
}

const USAGE = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 };

function event(chunk: object): string {
  return `data: ${JSON.stringify({ id: 'up-1', object: 'chat.completion.chunk', created: 1, model: 'm', ...chunk })}\n\n`;
}

function sendWhole(res: ServerResponse, model: string): void {
  res.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      id: 'up-1',
      object: 'chat.completion',
      created: 1,
      model,
      choices: [{ index: 0, message: { role: 'assistant', content: 'whole' }, finish_reason: 'stop' }],
      usage: USAGE,
    }),
  );
}
