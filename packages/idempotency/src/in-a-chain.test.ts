import {
  Answer,
  bodySlot,
  emptyFacts,
  errorResponder,
  exchangeSlot,
  openExchange,
  principalSlot,
  readBody,
  type Candidate,
  type Generation,
  type Principal,
} from '@onerouter/core';
import { serve } from '@onerouter/core/testing';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { idempotency, type IdempotencyOptions } from './idempotency.ts';

const WHO = { model: { id: 'acme/writer' }, endpoint: { provider: { name: 'alpha' } } } as Candidate;

/** A chain without billing: its records are kept by whoever mounts it. */
async function chain(
  options: Partial<IdempotencyOptions> = {},
): Promise<(headers: object) => Promise<Response>> {
  const records = new Map<string, Generation>();
  let answers = 0;
  const log = { warn() {}, error() {} };
  const app = express();
  app.post(
    '/',
    openExchange({ surface: 'chat', log }),
    (req, _res, next) => {
      principalSlot.set(req, { accountId: 'acc', keyId: 'key' } as Principal);
      next();
    },
    readBody({ surface: 'chat' }),
    idempotency({ generations: { find: async (_account, id) => records.get(id) }, log, ...options }),
    async (req, res) => {
      const exchange = exchangeSlot.get(req);
      exchange.takeOver();
      records.set(exchange.id, exchange.record);
      answers += 1;
      const body = Buffer.from(JSON.stringify({ choices: [], answer: answers }));
      const { includeUsage } = bodySlot.get(req).facts;
      await new Answer(exchange, res, { includeUsage }).send(body, { ...emptyFacts(), output: true }, WHO);
    },
  );
  app.use(errorResponder({ log }));
  const server = await serve(app);
  onTestFinished(() => server.close());
  return (headers) =>
    fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"model":"m","messages":[{"role":"user","content":"Hi"}]}',
    });
}

const KEYED = { 'idempotency-key': 'k', authorization: 'Bearer sk-1' };

describe('a chain of one’s own', () => {
  it('gives answers again', async () => {
    const ask = await chain();
    for (let n = 0; n < 2; n += 1) expect(await (await ask(KEYED)).json()).toMatchObject({ answer: 1 });
  });

  it('without a bearer token has to say what answers are sealed with', async () => {
    const ask = await chain();
    expect((await ask({ 'idempotency-key': 'k' })).status).toBe(500);
    const other = await chain({ secret: () => 'mine' });
    expect((await other({ 'idempotency-key': 'k' })).status).toBe(200);
  });

  it('keeps no more than it may', async () => {
    for (const bound of [{ maxAnswerBytes: 10 }, { maxInFlightBytes: 10 }]) {
      const ask = await chain(bound);
      expect((await ask(KEYED)).status).toBe(200);
      expect((await ask(KEYED)).status).toBe(409);
    }
  });

  it('refuses limits that are none', () => {
    const generations = { find: async () => undefined };
    expect(() => idempotency({ generations, ttlMs: -1 })).toThrow(/ttlMs/);
  });
});
