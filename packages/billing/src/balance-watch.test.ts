import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Log } from '@onerouter/core';
import { balanceWatch, type BalanceWatch } from './balance-watch.ts';
import { createLedger } from './create-ledger.ts';
import type { Ledger } from './ledger.ts';
import type { BalanceChange } from './ledger-views.ts';
import { createMemoryBooks } from './memory-books.ts';
import { draft, generation } from './testing/fixtures.ts';

describe('balanceWatch()', () => {
  const log = { warn: vi.fn<Log['warn']>(), error: vi.fn<Log['error']>() };
  let ledger: Ledger;
  let watch: BalanceWatch;
  let told: BalanceChange[];
  beforeEach(() => {
    log.error.mockClear();
    ledger = createLedger(createMemoryBooks());
    watch = balanceWatch({ ledger, everyMs: 5, log });
    told = [];
  });
  afterEach(async () => {
    await watch.close();
    await ledger.close();
  });
  const spend = async (id: string, cost: bigint, account = 'ann'): Promise<void> => {
    await ledger.reserve({ id, account, key: 'k', amount: 10n, draft: draft(id, account) });
    await ledger.settle(id, generation(id, account, { cost }));
  };

  it('tells of several changes of an account as one, and of each account', async () => {
    const slow = balanceWatch({ ledger, everyMs: 60_000 });
    slow.subscribe((change) => void told.push(change));
    await ledger.credit({ entryId: 'a', account: 'ann', amount: 100n });
    await spend('g1', 3n);
    await spend('g2', 4n);
    await ledger.credit({ entryId: 'b', account: 'bob', amount: 5n });
    expect(told).toEqual([]);
    await slow.flush();
    expect(told).toEqual([
      { account: 'ann', before: 0n, balance: 93n, available: 93n },
      { account: 'bob', before: 0n, balance: 5n, available: 5n },
    ]);
    await slow.close();
  });

  it('tells by itself', async () => {
    const heard = new Promise<BalanceChange>((resolve) => watch.subscribe(resolve));
    await ledger.credit({ entryId: 'a', account: 'ann', amount: 100n });
    expect(await heard).toMatchObject({ account: 'ann', balance: 100n });
  });

  it('says nothing of exchanges that cost nothing', async () => {
    await ledger.credit({ entryId: 'a', account: 'ann', amount: 100n });
    await watch.flush();
    watch.subscribe((change) => void told.push(change));
    await spend('g1', 0n);
    await watch.flush();
    expect(told).toEqual([]);
  });

  it('keeps no settlement waiting, and tells the others when a watcher is slow or fails', async () => {
    const held = Promise.withResolvers<void>();
    watch.subscribe(() => held.promise);
    watch.subscribe(() => {
      throw new Error('no');
    });
    watch.subscribe((change) => void told.push(change));
    await ledger.credit({ entryId: 'a', account: 'ann', amount: 100n });
    const first = watch.flush();
    await spend('g1', 3n);
    expect(told).toEqual([]);
    held.resolve();
    await first;
    expect(told).toHaveLength(1);
    expect(log.error).toHaveBeenCalledOnce();
    await watch.flush();
    expect(told.at(-1)).toMatchObject({ before: 100n, balance: 97n });
  });

  it('tells of the last changes when it is closed, and of none after', async () => {
    watch.subscribe((change) => void told.push(change));
    await ledger.credit({ entryId: 'a', account: 'ann', amount: 100n });
    await watch.close();
    expect(told).toHaveLength(1);
    await ledger.credit({ entryId: 'b', account: 'ann', amount: 100n });
    await watch.close();
    expect(told).toHaveLength(1);
  });
});
