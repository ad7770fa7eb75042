import {
  roleChunk,
  scriptedProvider,
  textChunk,
  whole,
  type Script,
  type ScriptedProvider,
} from '@onerouter/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, candidate, chainServer, readStream, type ChainServer } from '../support/chain.ts';

describe('a client that leaves', () => {
  it('ends the call of a provider that then stops billing, and pays for what was generated', async () => {
    const { server, alpha } = await one(open(roleChunk() + textChunk('x'.repeat(40))));
    const leave = new AbortController();
    const response = await ask(server, { stream: true, signal: leave.signal });
    await readUntil(response, 'xxxx');
    leave.abort();
    expect(await alpha.calls[0]?.closed).toBe(true);
    const record = await server.record();
    expect(record).toMatchObject({
      status: 'cancelled',
      usage: { completionTokens: 10, source: 'estimated' },
    });
    expect(record.attempts).toMatchObject([{ provider: 'alpha', errorType: 'client_closed' }]);
  });

  it('before any output ends the call, and nobody else is tried', async () => {
    const arrived = Promise.withResolvers<void>();
    const { server, alpha } = await one(() => arrived.resolve());
    const leave = new AbortController();
    const response = ask(server, { stream: true, signal: leave.signal }).catch(() => undefined);
    await arrived.promise;
    leave.abort();
    await response;
    expect(await alpha.calls[0]?.closed).toBe(true);
    expect(await server.record()).toMatchObject({ status: 'cancelled', usage: null });
  });

  it('does not end the call of a provider that bills on: its usage is learned', async () => {
    const goOn = Promise.withResolvers<void>();
    const { server, left } = await one(
      async (res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.write(roleChunk() + textChunk('Hello'));
        await goOn.promise;
        res.end(
          `${textChunk(' all')}data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":77}}\n\ndata: [DONE]\n\n`,
        );
      },
      { cancellation: 'drains' },
    );
    const leave = new AbortController();
    const response = await ask(server, { stream: true, signal: leave.signal });
    await readUntil(response, 'Hello');
    leave.abort();
    await left;
    goOn.resolve();
    expect(await server.record()).toMatchObject({
      status: 'cancelled',
      usage: { promptTokens: 9, completionTokens: 77, source: 'provider' },
    });
  });

  it('is not a failure of the provider', async () => {
    const { server, alpha } = await one(open(textChunk('x')));
    for (let round = 0; round < 5; round += 1) {
      const leave = new AbortController();
      const response = await ask(server, { stream: true, signal: leave.signal });
      await readUntil(response, 'x');
      leave.abort();
      await server.record();
    }
    alpha.play(whole('still here'));
    expect((await ask(server)).status).toBe(200);
  });
});

describe('a client that reads slowly', () => {
  it('gets every byte, and the provider is not read faster than it', async () => {
    const piece = 'y'.repeat(64 * 1024);
    const pieces = 200;
    let most = 0;
    const { server } = await one(async (res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let n = 0; n < pieces; n += 1) {
        if (!res.write(textChunk(piece))) await new Promise((resolve) => res.once('drain', resolve));
        most = Math.max(most, n);
      }
      res.end('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
    });
    const response = await ask(server, { stream: true });
    // Nothing has been read yet: what the provider could send is bounded by buffers on the way.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(most).toBeLessThan(pieces - 1);
    const read = await readStream(response);
    expect(read.text.length).toBe(piece.length * pieces);
    expect(read.done).toBe(true);
  });
});

interface One {
  readonly server: ChainServer;
  readonly alpha: ScriptedProvider;
  readonly left: Promise<void>;
}

async function one(script: Script, config: Parameters<typeof candidate>[2] = {}): Promise<One> {
  const alpha = await scriptedProvider(script);
  const server = await chainServer([candidate('alpha', alpha, config), candidate('again', alpha, config)]);
  onTestFinished(async () => {
    await server.close();
    await alpha.close();
  });
  return { server, alpha, left: server.left };
}

/** Sends something and stays open. */
function open(events: string): Script {
  return (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(events);
  };
}

async function readUntil(response: Response, text: string): Promise<void> {
  const reader = response.body?.getReader();
  let read = '';
  while (!read.includes(text)) {
    const piece = await reader?.read();
    if (!piece || piece.done) throw new Error(`Ended without ${text}.`);
    read += Buffer.from(piece.value).toString('latin1');
  }
  reader?.releaseLock();
}
