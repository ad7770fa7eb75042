import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyFacts } from '@onerouter/core';
import type { Ledger } from './ledger.ts';
import { account, ReservingApp } from './testing/reserving-app.ts';

describe('every reservation ends', () => {
  let app: ReservingApp;
  beforeEach(() => {
    app = new ReservingApp();
  });
  afterEach(() => app.ledger.close());

  it('charges what was used, and nothing stays held', async () => {
    await app.credit(1_000_000_000n);
    const facts = {
      ...emptyFacts(),
      output: true,
      finishReason: 'stop',
      usage: { promptTokens: 10, completionTokens: 20, source: 'provider' as const },
    };
    expect((await app.call({ outcome: { facts } })).status).toBe(200);
    expect(await app.ledger.balance(account)).toMatchObject({ balance: 999_950_000n, reserved: 0n });
    expect(app.exchange?.record).toMatchObject({
      accountId: account,
      keyId: 'key-1',
      cost: 50_000n,
      discount: 0,
    });
    expect(app.exchange?.charged?.cost).toBe(50_000n);
    expect(app.books.generation(app.exchange?.id ?? '')).toMatchObject({ status: 'complete', cost: 50_000n });
  });

  it('stays closed when the ledger is away', async () => {
    await app.credit(1_000_000_000n);
    const away = { ...app.ledger, reserve: () => Promise.reject(new Error('connection refused')) } as Ledger;
    const { status, body } = await app.call({ options: { ledger: away } });
    expect(status).toBe(503);
    expect(body.error.message).not.toMatch(/connection refused/);
    expect(app.reached).toBe(0);
  });

  it('lets go of the reservation when a later middleware throws', async () => {
    await app.credit(1_000_000_000n);
    const { status } = await app.call({
      handler: () => {
        throw new Error('broken');
      },
    });
    expect(status).toBe(500);
    expect(await app.ledger.balance(account)).toMatchObject({ balance: 1_000_000_000n, reserved: 0n });
    expect(app.books.generation(app.exchange?.id ?? '')).toMatchObject({ status: 'failed', cost: 0n });
  });

  it('lets go of a reservation that is granted after the client has left, and goes no further', async () => {
    await app.credit(1_000_000_000n);
    const leaving = new AbortController();
    const slow = Object.create(app.ledger) as Ledger;
    slow.reserve = async (request) => {
      leaving.abort();
      await expect.poll(() => app.exchange?.clientGone).toBe(true);
      await app.ledger.reserve(request);
    };
    slow.settle = (id, generation) => app.ledger.settle(id, generation);
    await expect(app.call({ options: { ledger: slow }, signal: leaving.signal })).rejects.toThrow(/abort/);
    await expect.poll(() => app.books.generation(app.exchange?.id ?? '')?.status).toBe('cancelled');
    await expect.poll(async () => (await app.ledger.balance(account)).available).toBe(1_000_000_000n);
    expect(app.reached).toBe(0);
  });

  it('lets go of the reservation when a tariff throws', async () => {
    await app.credit(1_000_000_000n);
    expect((await app.call({ options: { tariff: brokenTariff } })).status).toBe(200);
    expect(await app.ledger.balance(account)).toMatchObject({ balance: 1_000_000_000n, reserved: 0n });
  });
});

function brokenTariff(): never {
  throw new Error('broken');
}
