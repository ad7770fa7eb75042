import express, { type RequestHandler } from 'express';
import {
  bodySlot,
  emptyFacts,
  errorResponder,
  exchangeSlot,
  openExchange,
  principalSlot,
  readFacts,
  routeSlot,
  type Candidate,
  type ErrorBody,
  type Exchange,
  type Outcome,
  type Principal,
} from '@onerouter/core';
import { serve } from '@onerouter/core/testing';
import { createLedger } from '../create-ledger.ts';
import type { Ledger } from '../ledger.ts';
import { createMemoryBooks, type MemoryBooks } from '../memory-books.ts';
import { reserveCredits, type ReserveCreditsOptions } from '../reserve-credits.ts';
import { candidate } from './candidate.ts';

/** The account that calls. */
export const account = 'acc-1';

/** $1 and $2 a million tokens, a thousand of output at most. */
export const writer: Candidate = candidate({ prompt: '0.000001', completion: '0.000002' }, { output: 1_000 });

export const caller: Principal = {
  kind: 'api',
  accountId: account,
  keyId: 'key-1',
  keyName: 'test',
  keyLabel: 'sk-or-v1-abc...123',
  keyLimit: null,
  keyLimitReset: null,
  allowTraining: false,
};

export interface Call {
  readonly body?: Record<string, unknown>;
  readonly candidates?: readonly Candidate[];
  readonly principal?: Partial<Principal>;
  readonly options?: Partial<ReserveCreditsOptions>;
  /** What stands behind the reservation. @default answers, and settles as `outcome` says */
  readonly handler?: RequestHandler;
  readonly outcome?: Partial<Outcome>;
  readonly signal?: AbortSignal;
}

/** A server with nothing but the reservation in it, called once at a time. */
export class ReservingApp {
  readonly books: MemoryBooks = createMemoryBooks();
  readonly ledger: Ledger = createLedger(this.books);
  /** The exchange of the last call. */
  exchange: Exchange | undefined;
  /** How many calls came past the reservation. */
  reached = 0;

  async credit(amount: bigint): Promise<void> {
    await this.ledger.credit({ entryId: 'pay', account, amount });
  }

  async call(call: Call = {}): Promise<{ status: number; body: ErrorBody }> {
    const json = { messages: [{ role: 'user', content: 'abc' }], ...call.body };
    const app = express();
    app.use(openExchange({ surface: 'chat', log: silent }));
    app.use((req, _res, next) => {
      this.exchange = exchangeSlot.get(req);
      principalSlot.set(req, { ...caller, ...call.principal });
      bodySlot.set(req, { raw: Buffer.alloc(0), json, facts: readFacts('chat', json) });
      routeSlot.set(req, { requested: 'writer-1', candidates: call.candidates ?? [writer], excluded: [] });
      next();
    });
    app.use(reserveCredits({ ledger: this.ledger, ...call.options }));
    app.use((_req, _res, next) => {
      this.reached += 1;
      next();
    });
    app.use(call.handler ?? answering(call.outcome));
    app.use(errorResponder({ log: silent }));
    const server = await serve(app);
    try {
      const response = await fetch(server.url, { method: 'POST', signal: call.signal ?? null });
      return { status: response.status, body: (await response.json()) as ErrorBody };
    } finally {
      await server.close();
    }
  }
}

const silent = { warn() {}, error() {} };

function answering(outcome: Partial<Outcome> | undefined): RequestHandler {
  return async function answer(req, res) {
    const exchange = exchangeSlot.get(req);
    exchange.takeOver();
    const facts = { ...emptyFacts(), output: true, outputBytes: 40, finishReason: 'stop' };
    await exchange.settle({ status: 'complete', facts, candidate: writer, ...outcome });
    res.json({});
  };
}
