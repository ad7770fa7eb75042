import { stripeCredits } from '@onerouter/billing/stripe';
import { serve, type TestServer } from '@onerouter/core/testing';
import express, { type RequestHandler } from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeEvent } from '../support/fake-stripe/index.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
let event: FakeEvent;
beforeEach(async () => {
  shop = await openShop({ stripe: { webhookSecret: ['whsec_old', 'whsec_fake'] } });
  [, event = event] = await shop.buy('10.00');
});
afterEach(async () => {
  await shop.close();
});

const post = async (
  body: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; message: string | undefined }> => {
  const answer = await fetch(`${shop.server.url}/webhooks/stripe`, { method: 'POST', body, headers });
  const json = (await answer.json()) as { error?: { message: string } };
  return { status: answer.status, message: json.error?.message };
};

describe('the webhook', () => {
  it('takes what is signed with any of its secrets', async () => {
    expect(await shop.fake.send(event, 'whsec_old')).toBe(200);
    expect(await shop.fake.send(event, 'whsec_fake')).toBe(200);
    expect(await shop.balance()).toBe('10');
  });

  it('refuses what is unsigned, signed by somebody else, too old, or changed since', async () => {
    expect(await post(JSON.stringify(event))).toMatchObject({
      status: 400,
      message: expect.stringMatching(/missing/),
    });
    expect(await shop.fake.send(event, 'whsec_wrong')).toBe(400);
    expect(await shop.fake.send(event, 'whsec_fake', Math.floor(Date.now() / 1000) - 301)).toBe(400);
    const forged = { 'stripe-signature': 't=1,v1=00' };
    expect((await post(JSON.stringify(event), forged)).status).toBe(400);
    expect(await shop.balance()).toBe('0');
  });

  it('answers 200 to kinds of event that mean nothing to it', async () => {
    for (const type of ['customer.created', 'invoice.paid', 'constructor', '__proto__']) {
      expect(await shop.fake.send({ ...event, type })).toBe(200);
    }
    expect(await shop.balance()).toBe('0');
  });

  it('refuses real money that comes to a test key', async () => {
    expect(await shop.fake.send({ ...event, livemode: true })).toBe(400);
    expect(await shop.balance()).toBe('0');
  });

  it('refuses what is far too large', async () => {
    const large = 'x'.repeat(1024 * 1024 + 1);
    expect((await post(large, { 'stripe-signature': 't=1,v1=00' })).status).toBe(413);
  });

  it('answers 503 while the ledger is away, and the event counts when it comes again', async () => {
    const { ledger, payments, fake } = shop;
    let away = true;
    const { webhook } = stripeCredits({
      ledger: {
        credit: async (request) => {
          if (away) throw new Error('The store is away.');
          return ledger.credit(request);
        },
        debit: (request) => ledger.debit(request),
        balance: (account) => ledger.balance(account),
        booked: (account, ids) => ledger.booked(account, ids),
      },
      payments,
      secretKey: fake.secretKey,
      webhookSecret: fake.webhookSecret,
      apiBase: fake.url,
      log: { warn() {}, error() {} },
    });
    const server = await serve(express().use(webhook));
    fake.sendTo(`${server.url}/webhooks/stripe`);
    expect(await fake.send(event)).toBe(503);
    expect(await shop.payment()).toMatchObject({ state: 'pending' });
    away = false;
    expect(await fake.send(event)).toBe(200);
    expect(await shop.balance()).toBe('10');
    await server.close();
  });
});

describe('the webhook behind a foreign parser', () => {
  let server: TestServer;
  const sendBehind = async (parser: RequestHandler): Promise<number> => {
    server = await serve(express().use(parser, shop.credits.webhook));
    shop.fake.sendTo(`${server.url}/webhooks/stripe`);
    return shop.fake.send(event);
  };
  afterEach(async () => {
    await server.close();
  });

  it('that kept nothing says what to do', async () => {
    expect(await sendBehind(express.json())).toBe(500);
    const answer = await fetch(`${server.url}/webhooks/stripe`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', 'stripe-signature': 't=1,v1=00' },
    });
    expect(await answer.text()).toMatch(/Mount the webhook before express\.json\(\)/);
  });

  it('that kept the bytes works', async () => {
    const keep = express.json({
      verify: (req, _res, bytes) => {
        (req as { rawBody?: Buffer }).rawBody = bytes;
      },
    });
    expect(await sendBehind(keep)).toBe(200);
    expect(await shop.balance()).toBe('10');
  });

  it('that is express.raw() works', async () => {
    expect(await sendBehind(express.raw({ type: () => true }))).toBe(200);
    expect(await shop.balance()).toBe('10');
  });
});
