import { afterEach, beforeEach, expect, it } from 'vitest';
import { openShop, type Shop } from './shop.ts';

/* The version of an endpoint's events is the account's at Stripe, not the library's: fields may be missing. */

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.verify();
  await shop.close();
});

const send = async (type: string, object: object): Promise<void> => {
  expect(await shop.fake.send({ id: `evt_${type}`, object: 'event', type, data: { object } })).toBe(200);
};

it('what events say suffices, without a word from Stripe', async () => {
  const id = await shop.checkout('10.00');
  shop.fake.outage('down');
  const session = {
    id,
    object: 'checkout.session',
    payment_intent: 'pi_1',
    amount_total: 1_085,
    currency: 'usd',
  };
  await send('checkout.session.completed', { ...session, payment_status: 'unpaid' });
  expect(await shop.balance()).toBe('0');
  await send('checkout.session.completed', { ...session, payment_status: 'paid' });
  expect(await shop.balance()).toBe('10');
  const { metadata } = shop.fake.objects.need(id);
  const intent = {
    id: 'pi_1',
    object: 'payment_intent',
    status: 'succeeded',
    amount: 1_085,
    currency: 'usd',
    metadata,
  };
  await send('payment_intent.succeeded', { ...intent, latest_charge: 'ch_1' });
  expect(await shop.balance()).toBe('10');
  const charge = {
    id: 'ch_1',
    object: 'charge',
    amount: 1_085,
    amount_refunded: 217,
    payment_intent: 'pi_1',
  };
  await send('charge.refunded', charge);
  expect(await shop.balance()).toBe('8');
  const dispute = { id: 'dp_1', object: 'dispute', amount: 1_085, charge: 'ch_1', status: 'needs_response' };
  await send('charge.dispute.created', dispute);
  await send('charge.dispute.funds_withdrawn', dispute);
  expect(await shop.balance()).toBe('0');
  await send('charge.dispute.closed', { ...dispute, status: 'won' });
  await send('charge.dispute.funds_reinstated', dispute);
  expect(await shop.balance()).toBe('8');
});

it('a page is known by its id when its marks are missing', async () => {
  const id = await shop.checkout('10.00');
  const { payment_status: _status, metadata: _marks, ...session } = shop.fake.objects.need(id);
  const paid = { ...session, payment_status: 'paid', payment_intent: 'pi_1', metadata: {} };
  await send('checkout.session.completed', paid);
  expect(await shop.balance()).toBe('10');
});
