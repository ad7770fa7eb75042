import { openExchange, type Generation } from '@onerouter/core';
import { chunk, DONE, finishChunk, roleChunk, serve, textChunk, usageChunk } from '@onerouter/core/testing';
import express, { type RequestHandler } from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { meter } from './meter.ts';

const STREAM = [roleChunk(), textChunk('Grü'), textChunk('ße'), finishChunk(), usageChunk(), DONE].join('');

describe('a foreign handler that streams', () => {
  const writers: readonly (readonly [string, RequestHandler])[] = [
    [
      'with writeHead and write',
      (_req, res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.write(STREAM);
        res.end();
      },
    ],
    [
      'byte by byte',
      (_req, res) => {
        res.setHeader('content-type', 'text/event-stream');
        for (const byte of Buffer.from(STREAM)) res.write(Uint8Array.of(byte));
        res.end();
      },
    ],
    [
      'all in end',
      (_req, res) => {
        res.type('text/event-stream').end(STREAM, 'utf8');
      },
    ],
  ];

  it.each(writers)('%s is measured, and its bytes are untouched', async (_name, handler) => {
    const { response, record } = await metered(handler);
    expect(await response.text()).toBe(STREAM);
    expect(await record).toMatchObject({
      status: 'complete',
      finishReason: 'stop',
      usage: { promptTokens: 10, completionTokens: 5, source: 'provider' },
    });
    expect((await record).latencyMs).toBeTypeOf('number');
    expect(JSON.stringify(await record, text)).not.toContain('Grü');
  });

  it('is truncated when it ends without a finish', async () => {
    const { record } = await metered((_req, res) => {
      res.type('text/event-stream').end(textChunk('Hel'));
    });
    expect(await record).toMatchObject({ status: 'truncated', usage: { source: 'estimated' } });
  });

  it('is truncated when it finishes with an error', async () => {
    const { record } = await metered((_req, res) => {
      res.type('text/event-stream').end(textChunk('Hel') + chunk({}, 'error') + DONE);
    });
    expect((await record).status).toBe('truncated');
  });
});

describe('a foreign handler that answers whole', () => {
  it('is measured', async () => {
    const answer = {
      choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 1 },
    };
    const { response, record } = await metered((_req, res) => {
      res.json(answer);
    });
    expect(await response.json()).toEqual(answer);
    expect(await record).toMatchObject({
      status: 'complete',
      usage: { promptTokens: 3, completionTokens: 1 },
    });
  });

  it('has failed when its status says so', async () => {
    const { record } = await metered((_req, res) => {
      res.status(503).json({ error: { message: 'x' } });
    });
    expect(await record).toMatchObject({ status: 'failed', usage: null });
  });
});

it('a record that cannot be taken changes nothing of the answer', async () => {
  const logged: string[] = [];
  const log = { warn() {}, error: (_fields: object, message: string) => void logged.push(message) };
  const app = express();
  app.post(
    '/',
    openExchange({ surface: 'chat', log }),
    meter({
      tap: true,
      onRecord: () => {
        throw new Error('no room');
      },
    }),
    (_req, res) => {
      res.type('text/event-stream').end(STREAM);
    },
  );
  const server = await serve(app);
  onTestFinished(() => server.close());
  const response = await fetch(server.url, { method: 'POST' });
  expect(await response.text()).toBe(STREAM);
  await expect.poll(() => logged).toEqual(['An exchange observer failed to settle.']);
});

async function metered(
  handler: RequestHandler,
): Promise<{ response: Response; record: Promise<Generation> }> {
  const { promise, resolve } = Promise.withResolvers<Generation>();
  const app = express();
  app.post('/', openExchange({ surface: 'chat' }), meter({ tap: true, onRecord: resolve }), handler);
  const server = await serve(app);
  onTestFinished(() => server.close());
  return { response: await fetch(server.url, { method: 'POST' }), record: promise };
}

function text(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
