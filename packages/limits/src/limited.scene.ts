import {
  emptyFacts,
  errorResponder,
  exchangeSlot,
  openExchange,
  principalSlot,
  readBody,
  type Outcome,
  type Principal,
} from '@onerouter/core';
import { serve } from '@onerouter/core/testing';
import express from 'express';
import { onTestFinished, vi } from 'vitest';
import { rateLimit, type RateLimitOptions } from './rate-limit.ts';

/** 2026-09-23 12:00 UTC. */
export const START: number = Date.UTC(2026, 8, 23, 12);

export interface Asking {
  readonly key?: string;
  readonly account?: string;
  readonly body?: object;
}

export interface Limited {
  /** How many requests came past the limit. */
  readonly passed: () => number;
  /** How the exchanges end. @default complete, with 10 tokens */
  outcome: Partial<Outcome>;
  readonly ask: (asking?: Asking) => Promise<Response>;
}

/** A server with nothing but the limit in it. The clock stands at `START` until the test moves it. */
export async function limited(options: RateLimitOptions): Promise<Limited> {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  let passed = 0;
  const log = { warn() {}, error() {} };
  const scene: { outcome: Partial<Outcome> } = { outcome: usage(6, 4) };
  const app = express();
  app.post(
    '/',
    openExchange({ surface: 'chat', log }),
    (req, _res, next) => {
      const keyId = String(req.headers['x-key']);
      principalSlot.set(req, { keyId, accountId: String(req.headers['x-account']) } as Principal);
      next();
    },
    readBody({ surface: 'chat' }),
    rateLimit({ log, ...options }),
    async (req, res) => {
      passed += 1;
      const facts = { ...emptyFacts(), output: true };
      await exchangeSlot
        .get(req)
        .settle({ status: 'complete', facts, candidate: undefined, ...scene.outcome });
      res.json({});
    },
  );
  app.use(errorResponder({ log }));
  const server = await serve(app);
  onTestFinished(async () => {
    vi.useRealTimers();
    await server.close();
  });
  return Object.assign(scene, {
    passed: () => passed,
    ask: ({ key = 'k1', account = 'a1', body = {} }: Asking = {}) =>
      fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-key': key, 'x-account': account },
        body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'abc' }], ...body }),
      }),
  });
}

/** An exchange that has used these tokens. */
export function usage(promptTokens: number, completionTokens: number): Partial<Outcome> {
  const facts = {
    ...emptyFacts(),
    output: true,
    usage: { promptTokens, completionTokens, source: 'provider' as const },
  };
  return { facts };
}

/** What the headers say: limit, remaining, and seconds until the reset. */
export function rateOf(response: Response): readonly (number | null)[] {
  const read = (name: string): number | null => {
    const value = response.headers.get(`x-ratelimit-${name}`);
    return value === null ? null : Number(value);
  };
  const reset = read('reset');
  return [read('limit'), read('remaining'), reset === null ? null : (reset - START) / 1000];
}
