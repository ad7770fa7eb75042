import express, { type RequestHandler } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { errorResponder, unknownRoute } from './error-responder.ts';
import { GatewayError } from './errors.ts';
import { exchangeSlot, type Outcome } from './exchange.ts';
import { newGenerationId } from './ids.ts';
import type { Generation } from './record.ts';
import { openExchange } from './open-exchange.ts';
import { RunningExchanges } from './running.ts';
import { serve, type TestServer } from './testing/index.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

async function open(handler: RequestHandler, running = new RunningExchanges()) {
  const outcomes: Outcome[] = [];
  const settled = Promise.withResolvers<void>();
  const errors: object[] = [];
  const log = { warn: () => {}, error: (fields: object) => void errors.push(fields) };
  const app = express();
  app.post('/', openExchange({ surface: 'chat', running, log }), (req, _res, next) => {
    exchangeSlot.get(req).observe({
      name: 'test',
      onSettle: (outcome) => {
        outcomes.push(outcome);
        settled.resolve();
      },
    });
    next();
  });
  app.post('/', handler);
  app.use(unknownRoute(), errorResponder({ log }));
  server = await serve(app);
  return { url: server.url, outcomes, settled: settled.promise, running, errors };
}

const post = (url: string, init: RequestInit = {}) => fetch(url, { method: 'POST', ...init });

describe('every exchange', () => {
  it('has ids that the client sees, and a record of what it called itself', async () => {
    let record: Generation | undefined;
    const { url } = await open((req, res) => {
      ({ record } = exchangeSlot.get(req));
      res.json({});
    });
    const headers = {
      'x-title': 'My app',
      'http-referer': 'https://example.com',
      'user-agent': 'x'.repeat(300),
    };
    const response = await post(url, { headers });
    expect(response.headers.get('x-generation-id')).toMatch(/^gen-[0-9a-z]{9}-[0-9a-f]{24}$/);
    expect(response.headers.get('x-request-id')).toMatch(/^req-[0-9a-f]{24}$/);
    expect(record).toMatchObject({
      id: response.headers.get('x-generation-id'),
      title: 'My app',
      referer: 'https://example.com',
      userAgent: 'x'.repeat(256),
    });
  });

  it('is settled when a foreign handler answers it: nothing was metered, so nothing is charged', async () => {
    const { url, outcomes, settled } = await open((_req, res) => void res.json({}));
    await post(url);
    await settled;
    expect(outcomes).toMatchObject([{ status: 'failed', candidate: undefined }]);
  });

  it('is settled as failed when a handler throws, with an answer in OpenAI’s shape that tells nothing of it', async () => {
    const { url, outcomes, errors } = await open(() => {
      throw new Error('secret');
    });
    const response = await post(url);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('secret');
    expect(JSON.parse(text)).toMatchObject({ error: { code: 500, type: 'server_error', param: null } });
    expect(outcomes).toMatchObject([{ status: 'failed', error: { status: 500 } }]);
    expect(errors).toHaveLength(1);
  });

  it('that is refused is answered with the error’s own status, fields and Retry-After', async () => {
    const { url, errors } = await open((_req, _res, next) => {
      next(
        new GatewayError('rate_limit_exceeded', 'Slow down.', { retryAfterMs: 1200, metadata: { limit: 5 } }),
      );
    });
    const response = await post(url);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toEqual({
      error: {
        code: 429,
        message: 'Slow down.',
        type: 'rate_limit_error',
        param: null,
        metadata: { limit: 5, error_type: 'rate_limit_exceeded', origin: 'client' },
      },
    });
    expect(errors).toHaveLength(0);
  });

  it('is settled as cancelled when the client leaves before anybody answers', async () => {
    const controller = new AbortController();
    const { url, outcomes, settled } = await open(() => controller.abort());
    await post(url, { signal: controller.signal }).catch(() => {});
    await settled;
    expect(outcomes).toMatchObject([{ status: 'cancelled' }]);
  });

  it('is left to its source once that has taken over', async () => {
    const gone = Promise.withResolvers<void>();
    const controller = new AbortController();
    const { url, outcomes } = await open((req) => {
      const exchange = exchangeSlot.get(req);
      exchange.takeOver();
      exchange.onAbandoned(() => setImmediate(() => gone.resolve()));
      controller.abort();
    });
    await post(url, { signal: controller.signal }).catch(() => {});
    await gone.promise;
    expect(outcomes).toEqual([]);
  });

  it('unknown routes are errors of the same shape', async () => {
    const { url } = await open((_req, _res, next) => next());
    const response = await fetch(`${url}/v1/nothing`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: { code: 404, metadata: { error_type: 'not_found' } },
    });
  });
});

describe('a process that shuts down', () => {
  it('waits for what runs, and admits nothing new', async () => {
    const finish = Promise.withResolvers<() => void>();
    const { url, running } = await open((_req, res) => finish.resolve(() => res.json({})));
    const first = post(url);
    const end = await finish.promise;
    expect(running.count).toBe(1);
    const drained = running.drain(60_000);
    const late = await post(url);
    expect(late.status).toBe(503);
    expect(late.headers.get('retry-after')).toBe('1');
    end();
    await drained;
    expect((await first).status).toBe(200);
    expect(running.count).toBe(0);
  });

  it('abandons what does not end in time', async () => {
    const arrived = Promise.withResolvers<void>();
    const { url, running } = await open((req) => {
      const exchange = exchangeSlot.get(req);
      exchange.takeOver();
      exchange.onAbandoned(() => {
        void exchange.settle({ status: 'cancelled', facts: {} as Outcome['facts'], candidate: undefined });
      });
      arrived.resolve();
    });
    post(url).catch(() => {});
    await arrived.promise;
    await running.drain(1);
    expect(running.count).toBe(0);
  });
});

describe('generation ids', () => {
  it('are unique and sort by time', () => {
    const ids = Array.from({ length: 2000 }, (_, at) => newGenerationId(1_700_000_000_000 + at));
    expect(new Set(ids).size).toBe(2000);
    expect(ids.toSorted()).toEqual(ids);
  });
});
