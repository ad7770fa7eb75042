import { connect } from 'node:net';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import type { Candidate } from '../catalogue.ts';
import { GatewayError } from '../errors.ts';
import { exchangeSlot, type Exchange, type Outcome } from '../exchange.ts';
import { openExchange } from '../open-exchange.ts';
import type { Surface } from '../request/surface.ts';
import { serve, type TestServer } from '../testing/index.ts';
import { Answer } from './answer.ts';
import { emptyFacts } from './facts.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

const CANDIDATE = {
  model: { id: 'acme/wrïter' },
  endpoint: { provider: { name: 'alpha' }, upstreamModel: 'up' },
} as Candidate;
const SAID = { ...emptyFacts(), output: true, outputBytes: 2, finishReason: 'stop', created: 17 };
const EVENT = 'data: {"choices":[]}\n\n';

interface Run {
  readonly answer: Answer;
  readonly exchange: Exchange;
  readonly res: Response;
}

async function open(
  act: (run: Run) => unknown,
  options: { usage?: boolean; surface?: Surface; stalledClientMs?: number } = {},
) {
  const outcomes: Outcome[] = [];
  const { usage: includeUsage = false, surface = 'chat', stalledClientMs } = options;
  const source: RequestHandler = (req: Request, res) => {
    const exchange = exchangeSlot.get(req);
    exchange.takeOver();
    exchange.observe({
      name: 'bill',
      onSettle: (outcome) => {
        outcomes.push(outcome);
        if (outcome.status !== 'complete') return;
        exchange.record.usage = { promptTokens: 3, completionTokens: 2, source: 'provider' };
        exchange.charged = { cost: 5_000n, lines: [], discount: 0 };
      },
    });
    const answer = new Answer(exchange, res, {
      includeUsage,
      ...(stalledClientMs === undefined ? {} : { stalledClientMs }),
    });
    return act({ answer, exchange, res });
  };
  server = await serve(express().use(openExchange({ surface }), source));
  return { url: server.url, outcomes };
}

describe('a stream', () => {
  it('is sent as events, unbuffered and uncompressed on its way', async () => {
    const { url } = await open(async ({ answer }) => {
      answer.comment('waiting');
      answer.write(EVENT, SAID);
      await answer.finish(SAID, CANDIDATE);
    });
    const response = await fetch(url);
    expect(await response.text()).toBe(`: waiting\n\n${EVENT}data: [DONE]\n\n`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-generation-id': expect.stringMatching(/^gen-/),
    });
  });

  it('ends with usage and cost where they were asked for', async () => {
    const { url } = await open(({ answer }) => answer.finish(SAID, CANDIDATE), { usage: true });
    const response = await fetch(url);
    const text = await response.text();
    const [usage, done] = text.split('\n\n');
    expect(done).toBe('data: [DONE]');
    expect(JSON.parse(usage?.slice(6) ?? '')).toMatchObject({
      id: response.headers.get('x-generation-id'),
      object: 'chat.completion.chunk',
      created: 17,
      model: 'acme/wrïter',
      provider: 'alpha',
      choices: [],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5, cost: 0.000005 },
      cost: 0.000005,
    });
  });

  it('is settled before its end mark leaves', async () => {
    let settled = false;
    const { url } = await open(async ({ answer, exchange }) => {
      exchange.observe({
        name: 'slow',
        onSettle: async () => {
          await new Promise((resolve) => setImmediate(resolve));
          settled = true;
        },
      });
      answer.write(EVENT, SAID);
      await answer.finish(SAID, CANDIDATE);
    });
    const reader = (await fetch(url)).body?.getReader();
    let text = '';
    while (!text.includes('[DONE]')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
    expect(settled).toBe(true);
  });

  it.each<[Surface, object]>([
    ['chat', { delta: { content: '' } }],
    ['completions', { text: '' }],
  ])(
    'of %s that fails ends in an error and the end mark, and looks like no clean finish',
    async (surface, empty) => {
      const { url, outcomes } = await open(
        async ({ answer }) => {
          answer.write(EVENT, SAID);
          await answer.fail(new GatewayError('provider_unavailable', 'Gone, prünn.'), SAID, CANDIDATE);
        },
        { surface },
      );
      const events = (await (await fetch(url)).text()).split('\n\n');
      expect(JSON.parse(events[1]?.slice(6) ?? '')).toMatchObject({
        error: { code: 502, message: 'Gone, prünn.', metadata: { error_type: 'provider_unavailable' } },
        choices: [{ index: 0, ...empty, finish_reason: 'error' }],
      });
      expect(events.slice(2)).toEqual(['data: [DONE]', '']);
      expect(outcomes).toMatchObject([{ status: 'truncated' }]);
    },
  );

  it('that fails before output has failed, not broken off', async () => {
    const { url, outcomes } = await open(async ({ answer }) => {
      answer.comment('waiting');
      await answer.fail(new GatewayError('upstream_timeout', 'Late.'), emptyFacts(), undefined);
    });
    await (await fetch(url)).text();
    expect(outcomes).toMatchObject([{ status: 'failed', error: { status: 504 } }]);
  });
});

describe('a whole answer', () => {
  it('has the gateway’s fields, usage and cost, and every other byte as it was', async () => {
    const body = '{"id":"up","choices":[ {"x":1.0} ],"usage":{"prompt_tokens":9},"model":"up"}';
    const { url, outcomes } = await open(({ answer }) => answer.send(Buffer.from(body), SAID, CANDIDATE));
    const response = await fetch(url);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      id: response.headers.get('x-generation-id'),
      model: 'acme/wrïter',
      provider: 'alpha',
      usage: { prompt_tokens: 3, cost: 0.000005 },
      cost: 0.000005,
      cost_details: { discount_rate: 0 },
    });
    expect(text).toContain('"choices":[ {"x":1.0} ]');
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    expect(outcomes).toMatchObject([{ status: 'complete' }]);
  });
});

describe('a client', () => {
  it('that leaves is charged for: the exchange settles as cancelled, and what comes later goes nowhere', async () => {
    const gone = Promise.withResolvers<void>();
    const controller = new AbortController();
    const { url, outcomes } = await open(({ answer, exchange }) => {
      answer.write(EVENT, SAID);
      exchange.onAbandoned(() => {
        expect(answer.write(EVENT, SAID)).toBe(true);
        void answer.finish(SAID, CANDIDATE).then(gone.resolve);
      });
    });
    const response = await fetch(url, { signal: controller.signal });
    await response.body?.getReader().read();
    controller.abort();
    await gone.promise;
    expect(outcomes).toMatchObject([{ status: 'cancelled', facts: { output: true } }]);
  });

  it('that takes nothing for too long has left', async () => {
    const stalled = Promise.withResolvers<boolean>();
    const { url } = await open(
      ({ answer, exchange }) => {
        // The kernel takes some megabytes before it stops.
        const more = (): void => {
          if (exchange.clientGone) {
            stalled.resolve(true);
            void answer.cancel(SAID, CANDIDATE);
            return;
          }
          while (answer.write(EVENT.repeat(10_000), SAID));
          answer.drained(more);
        };
        more();
      },
      { stalledClientMs: 50 },
    );
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.pause().write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await stalled.promise).toBe(true);
    socket.destroy();
  });

  it('that is slow is waited for', async () => {
    const { url } = await open(({ answer }) => {
      let left = 50;
      const more = (): void => {
        while (left > 0) {
          left -= 1;
          if (!answer.write(EVENT.repeat(1000), SAID)) return answer.drained(more);
        }
        void answer.finish(SAID, CANDIDATE);
      };
      more();
    });
    const text = await (await fetch(url)).text();
    expect(text.length).toBe(EVENT.length * 50_000 + 'data: [DONE]\n\n'.length);
  });
});
