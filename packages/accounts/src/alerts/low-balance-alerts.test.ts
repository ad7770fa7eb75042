import { createMemoryBooks } from '@onerouter/billing';
import { draft, generation } from '@onerouter/billing/testing';
import { parseUsd, type Log } from '@onerouter/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BalanceAlerts } from '../account-store.ts';
import { memoryAccounts } from '../memory-accounts.ts';
import { account } from '../testing/account-records.ts';
import { startProcess, type Process, type World } from './alerts.scene.ts';
import { ALERT_ATTEMPTS, ALERT_STALE_MS } from './low-balance-alerts.ts';
import { memoryAlertClaims } from './memory-alert-claims.ts';

const ann = 'acc-ann';
const WANTED: BalanceAlerts = {
  threshold: parseUsd('2'),
  email: true,
  webhookUrl: 'https://example.com/hook',
};

describe('lowBalanceAlerts()', () => {
  const log = { warn: vi.fn<Log['warn']>(), error: vi.fn<Log['error']>() };
  let world: World;
  let one: Process;
  let acts: number;

  const credit = (amount: string, { ledger } = one): Promise<unknown> =>
    ledger.credit({ entryId: `pay-${(acts += 1)}`, account: ann, amount: parseUsd(amount) });
  const spend = async (amount: string, { ledger } = one): Promise<void> => {
    const id = `g${(acts += 1)}`;
    const cost = parseUsd(amount);
    await ledger.reserve({ id, account: ann, key: 'k', amount: 0n, draft: draft(id, ann) });
    await ledger.settle(id, generation(id, ann, { cost }));
  };

  beforeEach(async () => {
    acts = 0;
    log.warn.mockClear();
    log.error.mockClear();
    world = {
      books: createMemoryBooks(),
      accounts: memoryAccounts(),
      claims: memoryAlertClaims(() => world.now),
      now: 0,
      letters: [],
      posts: [],
      log,
      sendLetter: async () => {},
    };
    await world.accounts.createAccount(account('ann', { alerts: WANTED }));
    one = startProcess(world);
    await credit('5');
    await one.look();
  });
  afterEach(() => one.close());

  it('tells by letter and webhook what is left, once', async () => {
    await spend('3');
    await one.look();
    expect(world.letters).toEqual([]);
    await spend('0.011');
    await one.look();
    expect(world.letters).toEqual([
      {
        to: 'ann@example.com',
        subject: 'Your credits are low: $1.98 left',
        text: expect.stringContaining('https://router.example/credits') as unknown,
      },
    ]);
    expect(world.posts).toEqual([
      [
        'https://example.com/hook',
        {
          type: 'balance.low',
          created_at: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
          data: { account_id: ann, balance_usd: '1.989', threshold_usd: '2' },
        },
      ],
    ]);
    await spend('0.5');
    await one.look();
    await spend('0.5');
    await one.look();
    expect([world.letters.length, world.posts.length]).toEqual([1, 1]);
  });

  it('tells again only after the balance has been above the threshold', async () => {
    await spend('4');
    await one.look();
    await credit('0.5');
    await one.look();
    await spend('0.5');
    await one.look();
    expect(world.letters).toHaveLength(1);
    await credit('4');
    await one.look();
    await spend('4');
    await one.look();
    expect(world.letters).toHaveLength(2);
  });

  it('does not count what running requests hold', async () => {
    await one.ledger.reserve({
      id: 'g',
      account: ann,
      key: 'k',
      amount: parseUsd('5'),
      draft: draft('g', ann),
    });
    await one.ledger.settle('g', generation('g', ann, { cost: 1n }));
    await one.look();
    expect(world.letters).toEqual([]);
  });

  it('tells once over all processes, and again when another one has seen the balance rise', async () => {
    const other = startProcess(world);
    await spend('4');
    await spend('0.1', other);
    await Promise.all([one.look(), other.look()]);
    await spend('0.1', other);
    await spend('0.1');
    await Promise.all([one.look(), other.look()]);
    expect(world.letters).toHaveLength(1);
    await credit('5', other);
    await other.look();
    await spend('4');
    await one.look();
    expect(world.letters).toHaveLength(2);
    await other.close();
  });

  it('asks those who want it, as they want it', async () => {
    await one.want(ann, { ...WANTED, email: false });
    await spend('4');
    await one.look();
    expect([world.letters.length, world.posts.length]).toEqual([0, 1]);
    await credit('4');
    await one.look();
    await one.want(ann, { ...WANTED, webhookUrl: null });
    await spend('4');
    await one.look();
    expect([world.letters.length, world.posts.length]).toEqual([1, 1]);
    await credit('4');
    await one.look();
    await one.want(ann, null);
    await spend('4');
    await one.look();
    expect([world.letters.length, world.posts.length]).toEqual([1, 1]);
  });

  it('tries again, and tells the webhook while letters fail', async () => {
    let failures = ALERT_ATTEMPTS - 1;
    world.sendLetter = async () => {
      if ((failures -= 1) >= 0) throw new Error('mail is down');
    };
    await spend('4');
    await one.look();
    expect([world.letters.length, world.posts.length, log.warn.mock.calls.length]).toEqual([1, 1, 0]);
    world.sendLetter = () => Promise.reject(new Error('mail is down'));
    await credit('4');
    await one.look();
    await spend('4');
    await one.look();
    expect([world.letters.length, world.posts.length, log.warn.mock.calls.length]).toEqual([1, 2, 1]);
  });

  it('leaves what was not sent to another process, after a while', async () => {
    await one.want(ann, { ...WANTED, webhookUrl: null });
    await one.close();
    one = startProcess(world, 60_000);
    const failed = Promise.withResolvers<void>();
    world.sendLetter = () => {
      failed.resolve();
      return Promise.reject(new Error('mail is down'));
    };
    await spend('4');
    const looked = one.look();
    await failed.promise;
    await one.stopAlerts();
    await looked;
    await one.close();
    world.sendLetter = async () => {};
    one = startProcess(world);
    await spend('0.1');
    await one.look();
    expect(world.letters).toEqual([]);
    await one.close();
    world.now += ALERT_STALE_MS;
    one = startProcess(world);
    await spend('0.1');
    await one.look();
    expect(world.letters).toHaveLength(1);
  });

  it('keeps nobody waiting while it sends, and fails nothing while its store is away', async () => {
    const held = Promise.withResolvers<void>();
    world.sendLetter = () => held.promise;
    await spend('4');
    const looked = one.look();
    await spend('0.1');
    held.resolve();
    await looked;
    expect(world.letters).toHaveLength(1);
    world.claims.clear = () => Promise.reject(new Error('away'));
    await credit('5');
    await one.look();
    expect(log.error).toHaveBeenCalledOnce();
    await spend('0.1');
  });
});
