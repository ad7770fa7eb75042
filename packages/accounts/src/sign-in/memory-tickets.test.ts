import { expect, it } from 'vitest';
import { ticketStoreSuite } from '../testing/index.ts';
import { memoryTickets } from './memory-tickets.ts';
import { createTickets } from './tickets.ts';

ticketStoreSuite('memoryTickets()', async () => {
  const store = memoryTickets();
  return { store, another: store };
});

it('a secret is good for once, for its purpose, for its time', async () => {
  let time = 0;
  const tickets = createTickets(
    memoryTickets(() => time),
    () => time,
  );
  const secret = await tickets.issue('key_code', { of: 'ann' }, 100);
  expect(await tickets.redeem('password_reset', secret)).toBeUndefined();
  expect(await tickets.redeem('key_code', `${secret} `)).toBeUndefined();
  expect(await tickets.redeem('key_code', secret)).toEqual({ of: 'ann' });
  expect(await tickets.redeem('key_code', secret)).toBeUndefined();
  const late = await tickets.issue('key_code', {}, 100);
  time = 100;
  expect(await tickets.redeem('key_code', late)).toBeUndefined();
});
