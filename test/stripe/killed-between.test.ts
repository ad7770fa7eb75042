import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeEvent } from '../support/fake-stripe/index.ts';
import type { KillPoint, MortalOptions } from './mortal.ts';
import { openShop, type Shop } from './shop.ts';

const MORTAL = fileURLToPath(new URL('./mortal.ts', import.meta.url));

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.verify();
  await shop.close();
});

/** Sends an event to a process that is killed at a point of handling it. */
async function sendToMortal(event: FakeEvent, point: KillPoint): Promise<void> {
  if (shop.address.kind !== 'sqlite') throw new Error('This story is told on SQLite.');
  const { url: apiBase, secretKey, webhookSecret } = shop.fake;
  const options: MortalOptions = { path: shop.address.path, apiBase, secretKey, webhookSecret, point };
  const child = fork(MORTAL, [JSON.stringify(options)], {
    execArgv: ['--conditions=onerouter-source', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'close') as Promise<[code: number | null, signal: string | null]>;
  const [url] = (await once(child, 'message')) as [string];
  shop.fake.sendTo(`${url}/webhooks/stripe`);
  // No answer, so Stripe will send it again.
  await expect(shop.fake.send(event)).rejects.toThrow();
  expect((await ended)[1]).toBe('SIGKILL');
  shop.fake.sendTo(`${shop.server.url}/webhooks/stripe`);
}

describe('a process that is killed while it handles an event', () => {
  it.each<KillPoint>(['before the ledger', 'after the ledger'])(
    'loses no credit and makes none up (%s)',
    async (point) => {
      const events = await shop.buy('10.00');
      const [, paid] = events;
      if (paid) await sendToMortal(paid, point);
      expect(await shop.balance()).toBe(point === 'before the ledger' ? '0' : '10');
      expect(await shop.payment()).toMatchObject({ state: 'pending' });
      for (const event of [...events, ...events]) expect(await shop.fake.send(event)).toBe(200);
      expect(await shop.balance()).toBe('10');
      expect(await shop.ledger.entries('ann')).toHaveLength(1);
    },
  );

  it('takes back a refund once', async () => {
    for (const event of await shop.buy('10.00')) expect(await shop.fake.send(event)).toBe(200);
    shop.fake.money.refund((await shop.payment()).intentId ?? '', 217);
    const [refunded] = shop.fake.events.slice(-1);
    if (refunded) await sendToMortal(refunded, 'after the ledger');
    for (const event of [...shop.fake.events, ...shop.fake.events]) {
      expect(await shop.fake.send(event)).toBe(200);
    }
    expect(await shop.balance()).toBe('8');
    expect((await shop.payment()).takeBacks).toMatchObject([{ booked: 2_000_000_000n }]);
  });
});
