import express, { type RequestHandler } from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
import { serve, type TestServer } from '@onerouter/core/testing';
import { createLedger } from './create-ledger.ts';
import type { Ledger } from './ledger.ts';
import { createMemoryBooks, type MemoryBooks } from './memory-books.ts';
import { reserveCredits, type ReserveCreditsOptions } from './reserve-credits.ts';
import { candidate } from './testing/candidate.ts';

const account = 'acc-1';
/** $1 and $2 a million tokens. */
const writer = candidate({ prompt: '0.000001', completion: '0.000002' }, { output: 1_000 });
const silent = { warn() {}, error() {} };

interface Setup {
  readonly body?: Record<string, unknown>;
  readonly candidates?: readonly Candidate[];
  readonly principal?: Partial<Principal>;
  readonly options?: Partial<ReserveCreditsOptions>;
  /** What stands behind the reservation. @default answers and settles as `outcome` says */
  readonly handler?: RequestHandler;
  readonly outcome?: Partial<Outcome>;
  readonly signal?: AbortSignal;
}

describe('reserveCredits()', () => {
  let books: MemoryBooks;
  let ledger: Ledger;
  let server: TestServer | undefined;
  let exchange: Exchange | undefined;
  let reached: number;

  beforeEach(() => {
    books = createMemoryBooks();
    ledger = createLedger(books);
    reached = 0;
  });
  afterEach(async () => {
    await server?.close();
    await ledger.close();
    server = undefined;
  });

  const credit = (amount: bigint): Promise<unknown> => ledger.credit({ entryId: 'pay', account, amount });

  async function call(setup: Setup = {}): Promise<{ status: number; body: ErrorBody }> {
    const json = { messages: [{ role: 'user', content: 'abc' }], ...setup.body };
    const app = express();
    app.use(openExchange({ surface: 'chat', log: silent }));
    app.use((req, _res, next) => {
      exchange = exchangeSlot.get(req);
      principalSlot.set(req, { ...caller, ...setup.principal });
      bodySlot.set(req, { raw: Buffer.alloc(0), json, facts: readFacts('chat', json) });
      const candidates = setup.candidates ?? [writer];
      routeSlot.set(req, { requested: 'writer-1', candidates, excluded: [] });
      next();
    });
    app.use(reserveCredits({ ledger, ...setup.options }));
    const answer: RequestHandler = async (req, res) => {
      reached += 1;
      const exchange = exchangeSlot.get(req);
      exchange.takeOver();
      const facts = { ...emptyFacts(), output: true, outputBytes: 40, finishReason: 'stop' };
      await exchange.settle({ status: 'complete', facts, candidate: writer, ...setup.outcome });
      res.json({});
    };
    app.use(setup.handler ?? answer);
    app.use(errorResponder({ log: silent }));
    server = await serve(app);
    const response = await fetch(server.url, { method: 'POST', signal: setup.signal ?? null });
    return { status: response.status, body: (await response.json()) as ErrorBody };
  }

  it('charges what was used, and nothing stays held', async () => {
    await credit(1_000_000_000n);
    const facts = {
      ...emptyFacts(),
      output: true,
      finishReason: 'stop',
      usage: { promptTokens: 10, completionTokens: 20, source: 'provider' as const },
    };
    expect((await call({ outcome: { facts } })).status).toBe(200);
    expect(await ledger.balance(account)).toMatchObject({ balance: 999_950_000n, reserved: 0n });
    expect(exchange?.record).toMatchObject({
      accountId: account,
      keyId: 'key-1',
      cost: 50_000n,
      discount: 0,
    });
    expect(exchange?.charged?.cost).toBe(50_000n);
    expect(books.generation(exchange?.id ?? '')).toMatchObject({ status: 'complete', cost: 50_000n });
  });

  it('holds prompt and output at the dearest candidate while the exchange runs', async () => {
    await credit(1_000_000_000n);
    const dear = candidate(
      { prompt: '0.000002', completion: '0.000004', request: '0.001', image: '0.01' },
      { output: 500 },
    );
    let held = 0n;
    await call({
      body: { n: 2, max_tokens: 100 },
      candidates: [writer, dear],
      handler: async (_req, res) => {
        held = (await ledger.balance(account)).reserved;
        res.json({});
      },
    });
    // One token of prompt, 2 × 100 of output, and the request: 2,000 + 800,000 + 1,000,000.
    expect(held).toBe(1_802_000n);
  });

  it('covers no more output than the model has, whatever the client asks for', async () => {
    await credit(10_000_000n);
    let held = 0n;
    await call({
      body: { max_tokens: 1_000_000 },
      handler: async (_req, res) => {
        held = (await ledger.balance(account)).reserved;
        res.json({});
      },
    });
    expect(held).toBe(2_001_000n);
    expect(exchange?.outputLimit).toBeUndefined();
  });

  it('caps the output where the client names no limit, and sends the cap upstream', async () => {
    await credit(1_000_000_000n);
    await call({ options: { maxReservedTokens: 300 } });
    expect(exchange?.outputLimit).toBe(300);
    await server?.close();
    await call({ options: { maxReservedTokens: 5_000 } });
    expect(exchange?.outputLimit).toBeUndefined();
  });

  it('refuses with what is missing and what would fit, and sends nothing', async () => {
    await credit(1_001_000n);
    const { status, body } = await call({ body: { max_tokens: 1_000 } });
    expect(status).toBe(402);
    expect(body.error.metadata).toMatchObject({
      required_usd: '0.002001',
      available_usd: '0.001001',
      affordable_max_tokens: 500,
      binding_limit: 'account',
    });
    expect(body.error.message).toMatch(/add credits, or set max_tokens to at most 500/);
    expect(reached).toBe(0);
    expect(await ledger.balance(account)).toMatchObject({ balance: 1_001_000n, reserved: 0n });
    await server?.close();
    expect((await call({ body: { max_tokens: 500 } })).status).toBe(200);
  });

  it('says that nothing is affordable when nothing is', async () => {
    const { status, body } = await call();
    expect(status).toBe(402);
    expect(body.error.metadata).toMatchObject({ affordable_max_tokens: 0, available_usd: '0' });
  });

  it("names the key's limit where that refuses", async () => {
    await credit(1_000_000_000n);
    const { status, body } = await call({ principal: { keyLimit: 5n } });
    expect(status).toBe(402);
    expect(body.error.metadata).toMatchObject({ binding_limit: 'key', available_usd: '0.000000005' });
  });

  it('answers 429 when too many exchanges of the account are open', async () => {
    await credit(1_000_000_000n);
    const narrow = createLedger(books, { maxOpen: 0 });
    const { status } = await call({ options: { ledger: narrow } });
    expect(status).toBe(429);
    expect(reached).toBe(0);
    await narrow.close();
  });

  it('stays closed when the ledger is away', async () => {
    await credit(1_000_000_000n);
    const away = { ...ledger, reserve: () => Promise.reject(new Error('connection refused')) } as Ledger;
    const { status, body } = await call({ options: { ledger: away } });
    expect(status).toBe(503);
    expect(body.error.message).not.toMatch(/connection refused/);
    expect(reached).toBe(0);
  });

  it('lets go of the reservation when a later middleware throws', async () => {
    await credit(1_000_000_000n);
    const { status } = await call({
      handler: () => {
        throw new Error('broken');
      },
    });
    expect(status).toBe(500);
    expect(await ledger.balance(account)).toMatchObject({ balance: 1_000_000_000n, reserved: 0n });
    expect(books.generation(exchange?.id ?? '')).toMatchObject({ status: 'failed', cost: 0n });
  });

  it('lets go of a reservation that is granted after the client has left, and goes no further', async () => {
    await credit(1_000_000_000n);
    const leaving = new AbortController();
    const slow = Object.create(ledger) as Ledger;
    slow.reserve = async (request) => {
      leaving.abort();
      await expect.poll(() => exchange?.clientGone).toBe(true);
      await ledger.reserve(request);
    };
    slow.settle = (id, generation) => ledger.settle(id, generation);
    await expect(call({ options: { ledger: slow }, signal: leaving.signal })).rejects.toThrow(/abort/);
    await expect.poll(() => books.generation(exchange?.id ?? '')?.status).toBe('cancelled');
    await expect.poll(async () => (await ledger.balance(account)).available).toBe(1_000_000_000n);
    expect(reached).toBe(0);
  });

  it('lets go of the reservation when a tariff throws', async () => {
    await credit(1_000_000_000n);
    expect((await call({ options: { tariff: brokenTariff } })).status).toBe(200);
    expect(await ledger.balance(account)).toMatchObject({ balance: 1_000_000_000n, reserved: 0n });
  });

  it('estimates usage that nobody reported, and says so', async () => {
    await credit(1_000_000_000n);
    await call();
    // One token of prompt and 40 bytes of output, ten tokens.
    expect(exchange?.record).toMatchObject({
      cost: 21_000n,
      usage: { promptTokens: 1, completionTokens: 10, source: 'estimated' },
    });
  });

  it('charges by the tariff that it is given', async () => {
    await credit(1_000_000_000n);
    await call({ options: { tariff: () => ({ cost: 7n, lines: [], discount: 0 }) } });
    expect((await ledger.balance(account)).balance).toBe(999_999_993n);
  });

  it('takes what it needs as options where no middleware has found it', async () => {
    await credit(1_000_000_000n);
    const other = { ...caller, accountId: 'acc-2' };
    await ledger.credit({ entryId: 'other', account: 'acc-2', amount: 1_000_000_000n });
    await call({
      options: { principal: () => other, route: { requested: 'x', candidates: [], excluded: [] } },
    });
    expect(exchange?.record.accountId).toBe('acc-2');
    expect((await ledger.balance('acc-2')).balance).toBe(999_979_000n);
  });

  it('refuses options that make no sense when it is made', () => {
    expect(() => reserveCredits({ ledger, maxReservedTokens: 0 })).toThrow(RangeError);
  });
});

function brokenTariff(): never {
  throw new Error('broken');
}

const caller: Principal = {
  kind: 'api',
  accountId: account,
  keyId: 'key-1',
  keyName: 'test',
  keyLabel: 'sk-or-v1-abc...123',
  keyLimit: null,
  keyLimitReset: null,
  allowTraining: false,
};
