import {
  emptyFacts,
  errorResponder,
  exchangeSlot,
  openExchange,
  type Exchange,
  type GenerationStatus,
} from '@onerouter/core';
import { serve } from '@onerouter/core/testing';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLedger } from './create-ledger.ts';
import type { Ledger } from './ledger.ts';
import { createMemoryBooks } from './memory-books.ts';
import { reserveFixed } from './reserve-fixed.ts';
import { account, caller } from './testing/reserving-app.ts';

type Ending = Exclude<GenerationStatus, 'pending'>;

describe('reserveFixed()', () => {
  it('holds the price while the exchange runs', async () => {
    const ledger = await credited(10n);
    let held = 0n;
    await call(ledger, 7n, async (exchange) => {
      held = (await ledger.balance(account)).reserved;
      await end(exchange, 'complete', true);
    });
    expect(held).toBe(7n);
    expect(await ledger.balance(account)).toMatchObject({ balance: 3n, reserved: 0n });
  });

  const endings: [Ending, boolean, bigint][] = [
    ['complete', true, 7n],
    ['cancelled', true, 7n],
    ['cancelled', false, 0n],
    ['failed', false, 0n],
    ['truncated', true, 0n],
  ];
  it.each(endings)('charges what ended %s (output: %s) %d', async (status, output, cost) => {
    const ledger = await credited(10n);
    let exchange: Exchange | undefined;
    await call(ledger, 7n, (one) => {
      exchange = one;
      return end(one, status, output);
    });
    expect(await ledger.balance(account)).toMatchObject({ balance: 10n - cost, reserved: 0n });
    expect(exchange?.record).toMatchObject({ cost, usage: null });
    expect(exchange?.record.lines.map(({ item, amount }) => `${item} ${amount}`)).toEqual(
      cost === 0n ? [] : ['request 0.000000007'],
    );
  });

  it('refuses what is not there with 402, and goes no further', async () => {
    const ledger = await credited(6n);
    let reached = false;
    const response = await call(ledger, 7n, async () => {
      reached = true;
    });
    expect(response.status).toBe(402);
    expect(await response.json()).toMatchObject({
      error: { metadata: { required_usd: '0.000000007', available_usd: '0.000000006' } },
    });
    expect(reached).toBe(false);
    expect(await ledger.balance(account)).toMatchObject({ balance: 6n, reserved: 0n });
  });

  it('takes a price that depends on the request', async () => {
    const ledger = await credited(10n);
    await call(
      ledger,
      (req) => (req.method === 'POST' ? 4n : 1n),
      (one) => end(one, 'complete', true),
    );
    expect((await ledger.balance(account)).balance).toBe(6n);
  });
});

async function credited(amount: bigint): Promise<Ledger> {
  const ledger = createLedger(createMemoryBooks());
  onTestFinished(() => ledger.close());
  await ledger.credit({ entryId: 'c', account, amount });
  return ledger;
}

async function end(exchange: Exchange, status: Ending, output: boolean): Promise<void> {
  await exchange.settle({ status, facts: { ...emptyFacts(), output }, candidate: undefined });
}

async function call(
  ledger: Ledger,
  price: Parameters<typeof reserveFixed>[0]['price'],
  handle: (exchange: Exchange) => Promise<void>,
): Promise<Response> {
  const app = express();
  app.post(
    '/',
    openExchange({ surface: 'passthrough' }),
    reserveFixed({ ledger, price, principal: caller }),
    async (req, res) => {
      await handle(exchangeSlot.get(req));
      res.end();
    },
  );
  app.use(errorResponder());
  const server = await serve(app);
  onTestFinished(() => server.close());
  return fetch(server.url, { method: 'POST' });
}
