import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger } from './create-ledger.ts';
import { reserveCredits } from './reserve-credits.ts';
import { candidate } from './testing/candidate.ts';
import { account, caller, ReservingApp, writer } from './testing/reserving-app.ts';

describe('reserveCredits()', () => {
  let app: ReservingApp;
  beforeEach(() => {
    app = new ReservingApp();
  });
  afterEach(() => app.ledger.close());

  it('holds prompt and output at the dearest candidate while the exchange runs', async () => {
    await app.credit(1_000_000_000n);
    const dear = candidate(
      { prompt: '0.000002', completion: '0.000004', request: '0.001', image: '0.01' },
      { output: 500 },
    );
    let held = 0n;
    await app.call({
      body: { n: 2, max_tokens: 100 },
      candidates: [writer, dear],
      handler: async (_req, res) => {
        held = (await app.ledger.balance(account)).reserved;
        res.json({});
      },
    });
    // One token of prompt, 2 × 100 of output, and the request: 2,000 + 800,000 + 1,000,000.
    expect(held).toBe(1_802_000n);
  });

  it('covers no more output than the model has, whatever the client asks for', async () => {
    await app.credit(10_000_000n);
    let held = 0n;
    await app.call({
      body: { max_tokens: 1_000_000 },
      handler: async (_req, res) => {
        held = (await app.ledger.balance(account)).reserved;
        res.json({});
      },
    });
    expect(held).toBe(2_001_000n);
    expect(app.exchange?.outputLimit).toBeUndefined();
  });

  it('caps the output where the client names no limit, and sends the cap upstream', async () => {
    await app.credit(1_000_000_000n);
    await app.call({ options: { maxReservedTokens: 300 } });
    expect(app.exchange?.outputLimit).toBe(300);
    await app.call({ options: { maxReservedTokens: 5_000 } });
    expect(app.exchange?.outputLimit).toBeUndefined();
  });

  it('refuses with what is missing and what would fit, and sends nothing', async () => {
    await app.credit(1_001_000n);
    const { status, body } = await app.call({ body: { max_tokens: 1_000 } });
    expect(status).toBe(402);
    expect(body.error.metadata).toMatchObject({
      required_usd: '0.002001',
      available_usd: '0.001001',
      affordable_max_tokens: 500,
      binding_limit: 'account',
    });
    expect(body.error.message).toMatch(/add credits, or set max_tokens to at most 500/);
    expect(app.reached).toBe(0);
    expect(await app.ledger.balance(account)).toMatchObject({ balance: 1_001_000n, reserved: 0n });
    expect((await app.call({ body: { max_tokens: 500 } })).status).toBe(200);
  });

  it('says that nothing is affordable when nothing is', async () => {
    const { status, body } = await app.call();
    expect(status).toBe(402);
    expect(body.error.metadata).toMatchObject({ affordable_max_tokens: 0, available_usd: '0' });
  });

  it("names the key's limit where that refuses", async () => {
    await app.credit(1_000_000_000n);
    const { status, body } = await app.call({ principal: { keyLimit: 5n } });
    expect(status).toBe(402);
    expect(body.error.metadata).toMatchObject({ binding_limit: 'key', available_usd: '0.000000005' });
  });

  it('answers 429 when too many exchanges of the account are open', async () => {
    await app.credit(1_000_000_000n);
    const narrow = createLedger(app.books, { maxOpen: 0 });
    const { status } = await app.call({ options: { ledger: narrow } });
    expect(status).toBe(429);
    expect(app.reached).toBe(0);
    await narrow.close();
  });

  it('estimates usage that nobody reported, and says so', async () => {
    await app.credit(1_000_000_000n);
    await app.call();
    // One token of prompt and 40 bytes of output, ten tokens.
    expect(app.exchange?.record).toMatchObject({
      cost: 21_000n,
      usage: { promptTokens: 1, completionTokens: 10, source: 'estimated' },
    });
  });

  it('charges by the tariff that it is given', async () => {
    await app.credit(1_000_000_000n);
    await app.call({ options: { tariff: () => ({ cost: 7n, lines: [], discount: 0 }) } });
    expect((await app.ledger.balance(account)).balance).toBe(999_999_993n);
  });

  it('takes what it needs as options where no middleware has found it', async () => {
    await app.credit(1_000_000_000n);
    const other = { ...caller, accountId: 'acc-2' };
    await app.ledger.credit({ entryId: 'other', account: 'acc-2', amount: 1_000_000_000n });
    await app.call({
      options: { principal: () => other, route: { requested: 'x', candidates: [], excluded: [] } },
    });
    expect(app.exchange?.record.accountId).toBe('acc-2');
    expect((await app.ledger.balance('acc-2')).balance).toBe(999_979_000n);
  });

  it('refuses options that make no sense when it is made', () => {
    expect(() => reserveCredits({ ledger: app.ledger, maxReservedTokens: 0 })).toThrow(RangeError);
  });
});
