import {
  BREAK,
  DONE,
  errorChunk,
  finishChunk,
  refuse,
  reset,
  roleChunk,
  streams,
  textChunk,
  textStream,
  usageChunk,
  whole,
  type Script,
} from '@onerouter/core/testing';
import { describe, expect, it } from 'vitest';
import { at, gatewayServer, until, type GatewayServer } from '../support/gateway.ts';
import { eventsOf, Reading } from '../support/reading.ts';

describe('an exchange that failed costs nothing', () => {
  it.each<[string, Script, number]>([
    ['the provider says 500', refuse(500), 502],
    ['the provider says 400', refuse(400), 400],
    ['the provider says 429', refuse(429, {}, { 'retry-after': '7' }), 429],
    ['the connection breaks', reset(), 502],
    ['the answer is no JSON', (res) => void res.end('<h1>Hello</h1>'), 502],
  ])('when %s', async (_why, script, status) => {
    const server = await gatewayServer();
    server.provider().play(script);
    const answered = await server.ask();
    expect(answered.status).toBe(status);
    const generation = await server.generation(answered.headers.get('x-generation-id'));
    expect(generation).toMatchObject({ status: 'failed', total_cost: 0, lines: [], cancelled: false });
    expect(generation['attempts']).toMatchObject([{ provider: 'alpha' }]);
    expect(await server.spent()).toBe('0');
  });

  it.each<[string, Script]>([
    ['breaks off', streams(roleChunk(), textChunk('Hel'), BREAK)],
    ['ends without a finish reason and end mark', streams(roleChunk(), textChunk('Hel'))],
    ['carries an error', streams(textChunk('Hel'), errorChunk({ code: 502, message: 'x' }), DONE)],
  ])('when a stream %s behind its first output', async (_why, script) => {
    const server = await gatewayServer();
    server.provider().play(script);
    const response = await server.chat({ stream: true });
    const events = eventsOf(await response.text());
    expect(at(events.at(-1), 'choices.0.finish_reason')).toBe('error');
    expect(at(events.at(-1), 'error.code')).toBe(502);
    expect(JSON.stringify(events)).not.toContain('"stop"');
    const generation = await server.generation(response.headers.get('x-generation-id'));
    expect(generation).toMatchObject({ status: 'truncated', total_cost: 0 });
    expect(generation['attempts']).toMatchObject([{ status: 200, errorType: expect.any(String) as string }]);
    expect(await server.spent()).toBe('0');
  });
});

describe('an exchange that succeeded is charged', () => {
  it.each<[string, Script]>([
    ['with a finish reason and no end mark', streams(textChunk('Hi'), finishChunk(), usageChunk())],
    [
      'with a finish reason and a broken connection',
      streams(textChunk('Hi'), finishChunk(), usageChunk(), BREAK),
    ],
    ['with a finish reason and silence', silent],
    ['behind early hints', hinted],
    ['with an end mark and no finish reason', streams(textChunk('Hi'), usageChunk(), DONE)],
  ])('%s', async (_why, script) => {
    const server = await gatewayServer({ providers: { alpha: { timeouts: { idleMs: 200 } } } });
    server.provider().play(script);
    const response = await server.chat({ stream: true });
    const events = eventsOf(await response.text());
    expect(events.some((event) => 'error' in event)).toBe(false);
    expect(await server.spent()).toBe('0.00002');
  });
});

describe('a report that cannot be true', () => {
  it.each([4e15, 9e15, 1e300])('of %d tokens is no report: the estimate is charged', async (tokens) => {
    const server = await gatewayServer();
    server.provider().play(whole('x'.repeat(40), { prompt_tokens: 1, completion_tokens: tokens }));
    const { json, headers } = await server.ask();
    expect(json).toMatchObject({
      cost: 0.000022,
      usage: { completion_tokens: 10, usage_source: 'estimated' },
    });
    expect(await server.generation(headers.get('x-generation-id'))).toMatchObject({ total_cost: 0.000022 });
    expect(await server.spent()).toBe('0.000022');
  });
});

describe('a client that leaves', () => {
  it('pays for what was generated', async () => {
    const server = await gatewayServer();
    server.provider().play(open(roleChunk() + textChunk('x'.repeat(40))));
    const leave = new AbortController();
    const response = await server.chat({ stream: true }, { signal: leave.signal });
    await new Reading(response).until('xxxx');
    leave.abort();
    expect(await server.provider().calls[0]?.closed).toBe(true);
    await server.settled();
    const generation = await server.generation(response.headers.get('x-generation-id'));
    // Two tokens of prompt, ten of output.
    expect(generation).toMatchObject({
      status: 'cancelled',
      cancelled: true,
      total_cost: 0.000022,
      usage_source: 'estimated',
    });
    expect(await server.spent()).toBe('0.000022');
  });

  it.each([true, false])('before any output pays nothing (stream: %s)', async (stream) => {
    const server = await gatewayServer();
    server.provider().play(() => {});
    const leave = new AbortController();
    const asked = server.chat({ stream }, { signal: leave.signal }).catch(() => undefined);
    await until(() => server.provider().calls.length === 1);
    leave.abort();
    await asked;
    expect(await server.provider().calls[0]?.closed).toBe(true);
    await server.settled();
    expect(await server.spent()).toBe('0');
  });
});

describe('the record of an exchange', () => {
  it('is there, pending, from the first byte on, and final before the end mark', async () => {
    const server = await gatewayServer();
    const end = Promise.withResolvers<void>();
    server.provider().play(async (res) => {
      res.setHeader('content-type', 'text/event-stream');
      res.write(roleChunk() + textChunk('Hello'));
      await end.promise;
      res.end(finishChunk() + usageChunk() + DONE);
    });
    const response = await server.chat({ stream: true });
    const id = response.headers.get('x-generation-id');
    const reading = new Reading(response);
    await reading.until('Hello');
    expect(await server.generation(id)).toMatchObject({ status: 'pending', total_cost: 0, streamed: true });
    end.resolve();
    await reading.until('[DONE]');
    expect(await server.generation(id)).toMatchObject({ status: 'complete', total_cost: 0.00002 });
    expect(at((await server.get('/v1/credits')).json, 'data.total_usage')).toBe(0.00002);
  });

  it('is final before a whole answer arrives', async () => {
    const server = await gatewayServer();
    const { headers } = await server.ask();
    expect(await server.generation(headers.get('x-generation-id'))).toMatchObject({
      status: 'complete',
      total_cost: 0.00002,
      finish_reason: 'stop',
      upstream_id: 'chatcmpl-up',
    });
  });

  it('is not shown to another account', async () => {
    const server = await gatewayServer();
    const { headers } = await server.ask();
    const found = await stranger(server, headers.get('x-generation-id'));
    expect(found.status).toBe(404);
  });

  it('tells which providers failed before the one that answered', async () => {
    const server = await gatewayServer({
      providers: { alpha: {}, beta: {} },
      models: [two],
    });
    server.provider('alpha').play(refuse(503));
    server.provider('beta').play(whole('From beta'));
    const { json, headers } = await server.ask({ provider: { order: ['alpha', 'beta'] } });
    expect(json['provider']).toBe('beta');
    const generation = await server.generation(headers.get('x-generation-id'));
    expect(generation['attempts']).toMatchObject([
      { provider: 'alpha', status: 503, errorType: 'provider_unavailable' },
      { provider: 'beta', status: 200, errorType: null },
    ]);
  });
});

const two = {
  id: 'acme/writer-1',
  endpoints: ['alpha', 'beta'].map((provider) => ({
    provider,
    model: 'up',
    pricing: { prompt: '0.000001', completion: '0.000002' },
  })),
};

function stranger(server: GatewayServer, id: string | null): Promise<{ status: number }> {
  return server.get(`/v1/generation?id=${id}`, `sk-or-v1-${'4'.repeat(64)}`);
}

/** Sends something and stays open. */
function open(events: string): Script {
  return (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(events);
  };
}

function silent(res: Parameters<Script>[0]): void {
  res.setHeader('content-type', 'text/event-stream');
  res.write(textChunk('Hi') + finishChunk() + usageChunk());
}

function hinted(res: Parameters<Script>[0], ...rest: [Parameters<Script>[1]]): void | Promise<void> {
  res.writeProcessing();
  res.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
  return textStream('Hi')(res, ...rest);
}
