import { StripeConfigError, stripeCredits } from '@onerouter/billing/stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop({ stripe: { paymentMethodConfiguration: 'pmc_1', minUsd: '5', maxUsd: '100' } });
});
afterEach(async () => {
  await shop.close();
});

interface SessionBody {
  readonly line_items: Readonly<
    Record<string, { price_data: { unit_amount: string; product_data: { name: string } } }>
  >;
  readonly payment_intent_data: { readonly metadata: Record<string, string>; readonly receipt_email: string };
  readonly [field: string]: unknown;
}

const lastSession = (): SessionBody => shop.fake.calls.at(-1)?.body as unknown as SessionBody;

describe('a Checkout page', () => {
  it('asks for the credit and for the fee, each on its own line', async () => {
    const { body } = await shop.ask('POST', '/credits/checkout', { amount_usd: '10.00' });
    expect(body.data).toEqual({
      id: expect.stringMatching(/^cs_test_/) as unknown,
      url: expect.stringContaining(shop.fake.url) as unknown,
      amount_usd: '10',
      fee_usd: '0.85',
      total_usd: '10.85',
    });
    const lines = Object.values(lastSession().line_items).map(({ price_data: price }) => [
      price.product_data.name,
      price.unit_amount,
    ]);
    expect(lines).toEqual([
      ['Credits', '1000'],
      ['Fee', '85'],
    ]);
  });

  it('carries whose payment it is on the page and on the payment, and where the receipt goes', async () => {
    await shop.checkout('10.00');
    const session = lastSession();
    const marks = {
      onerouter_instance: 'onerouter',
      onerouter_payment: (await shop.payment()).id,
      onerouter_account: 'ann',
      onerouter_source: 'checkout',
      onerouter_credit_usd: '10',
      onerouter_fee_usd: '0.85',
    };
    expect(session).toMatchObject({
      mode: 'payment',
      client_reference_id: 'ann',
      metadata: marks,
      payment_intent_data: { metadata: marks, receipt_email: 'ann@example.com' },
      payment_method_configuration: 'pmc_1',
      adaptive_pricing: { enabled: 'false' },
    });
    expect(session['allowed_payment_method_types']).toBeUndefined();
    expect(shop.fake.calls.at(-1)?.idempotencyKey).toBe(`checkout:${(await shop.payment()).id}`);
  });

  it('is the same one for the same Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'order-1' };
    const ask = (amount_usd: string, account = 'ann'): ReturnType<Shop['ask']> =>
      shop.ask('POST', '/credits/checkout', { amount_usd }, { headers, account });
    const [first, second] = await Promise.all([ask('10'), ask('10.00')]);
    expect(second).toEqual(first);
    expect(await shop.payments.listPayments('ann')).toHaveLength(1);
    expect((await ask('11')).status).toBe(409);
    expect((await ask('11', 'bob')).status).toBe(200);
    shop.fake.pay((first.body as { data: { id: string } }).data.id);
    for (const event of shop.fake.events) await shop.fake.send(event);
    expect((await ask('10')).status).toBe(409);
  });

  it('comes back to this site only', async () => {
    const ask = async (urls: object): Promise<unknown> =>
      (await shop.ask('POST', '/credits/checkout', { amount_usd: 10, ...urls })).body.error?.param;
    expect(await ask({ success_url: '/credits?paid=1' })).toBeUndefined();
    expect(lastSession()).toMatchObject({
      success_url: `${shop.server.url}/credits?paid=1`,
      cancel_url: `${shop.server.url}/credits?checkout=cancelled`,
    });
    expect(await ask({ success_url: `${shop.server.url}/done` })).toBeUndefined();
    for (const url of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      shop.server.url.replace('//', '//user@'),
      'https://',
    ]) {
      expect(await ask({ success_url: url })).toBe('success_url');
      expect(await ask({ cancel_url: url })).toBe('cancel_url');
    }
  });

  it('is for amounts that are sold, in whole cents', async () => {
    const param = async (body: object): Promise<unknown> => {
      const answer = await shop.ask('POST', '/credits/checkout', body);
      expect(answer.status).toBe(400);
      return answer.body.error?.param;
    };
    for (const amount of ['4.99', '100.01', '10.001', '-10', 'ten', '', '1e1', null, 1e9, {}]) {
      expect(await param({ amount_usd: amount })).toBe('amount_usd');
    }
    expect(await param({})).toBe('amount_usd');
    expect((await shop.ask('POST', '/credits/checkout', { amount_usd: 10, account: 'eve' })).status).toBe(
      400,
    );
    expect(await shop.payments.listPayments('ann')).toEqual([]);
  });

  it('is refused to API keys, and the price as well', async () => {
    const as = { kind: 'api' } as const;
    expect((await shop.ask('POST', '/credits/checkout', { amount_usd: 10 }, as)).status).toBe(403);
    expect((await shop.ask('GET', '/credits/payments', undefined, as)).status).toBe(403);
    expect((await shop.ask('POST', '/credits/card', {}, { kind: 'management' })).status).toBe(403);
    expect(
      (await shop.ask('POST', '/credits/checkout', { amount_usd: 10 }, { kind: 'management' })).status,
    ).toBe(200);
  });

  it('is not opened while Stripe is away: 503; refused: 502, without its words', async () => {
    shop.fake.outage('down');
    expect((await shop.ask('POST', '/credits/checkout', { amount_usd: 10 })).status).toBe(503);
    const wrong = await openShop({ stripe: { secretKey: 'sk_test_wrong' } });
    const refused = await wrong.ask('POST', '/credits/checkout', { amount_usd: 10 });
    expect(refused.status).toBe(502);
    expect(JSON.stringify(refused.body)).not.toMatch(/sk_test/);
    expect(await wrong.payment()).toMatchObject({ state: 'failed' });
    await wrong.close();
  });
});

describe('what is asked before', () => {
  it('the price of some credit, and what is sold', async () => {
    expect((await shop.ask('GET', '/credits/price?amount_usd=12.34')).body.data).toEqual({
      amount_usd: '12.34',
      fee_usd: '0.97',
      total_usd: '13.31',
      minimum_usd: '5',
      maximum_usd: '100',
    });
    expect((await shop.ask('GET', '/credits/price?amount_usd=x')).body.error?.param).toBe('amount_usd');
    expect((await shop.ask('GET', '/credits/methods')).body).toEqual({ data: { stripe: true } });
  });

  it('pages of payments', async () => {
    for (const usd of ['5', '6', '7']) await shop.checkout(usd);
    const first = await shop.ask('GET', '/credits/payments?limit=2');
    const { next_cursor: cursor } = first.body as unknown as { next_cursor: string };
    const second = await shop.ask('GET', `/credits/payments?limit=2&cursor=${cursor}`);
    const all = [...(first.body.data ?? []), ...(second.body.data ?? [])] as { amount_usd: string }[];
    expect(all.map(({ amount_usd: usd }) => usd).toSorted()).toEqual(['5', '6', '7']);
    expect(second.body).toMatchObject({ next_cursor: null });
    expect((await shop.ask('GET', '/credits/payments?cursor=!')).body.error?.param).toBe('cursor');
    expect((await shop.ask('GET', '/credits/payments?limit=0')).body.error?.param).toBe('limit');
  });

  it('nothing of a configuration that is only half there', () => {
    const { ledger, payments } = shop;
    const make = (options: object) => () =>
      stripeCredits({ ledger, payments, secretKey: 'sk_test_1', webhookSecret: 'whsec_1', ...options });
    make({})();
    expect(make({ webhookSecret: '' })).toThrow(StripeConfigError);
    expect(make({ webhookSecret: '' })).toThrow(/webhookSecret is missing/);
    expect(make({ secretKey: undefined })).toThrow(/secretKey is missing/);
    expect(make({ secretKey: 'pk_live_1' })).toThrow(/publishable/);
    expect(make({ webhookSecret: 'sk_test_1' })).toThrow(/webhookSecret is an API key/);
    expect(make({ apiBase: 'stripe' })).toThrow(/apiBase/);
    expect(make({ feePercent: '5%', feeFixedUsd: '0.355' })).toThrow(/feeFixedUsd.*feePercent/s);
    expect(make({ minUsd: '10', maxUsd: '5' })).toThrow(/maxUsd/);
    expect(make({ minUsd: '0.49' })).toThrow(/minUsd/);
    expect(make({ secretKey: 'sk_live_secret', webhookSecret: [] })).not.toThrow(/sk_live_secret/);
  });
});
