import type { Generation } from '@onerouter/core';
import { describe, expect, it } from 'vitest';
import type { SettlementFeed } from '../settlement-feed.ts';
import { sampleGeneration } from './sample-generation.ts';

/** A feed that is empty, and how exchanges come into it. */
export interface FeedBench {
  readonly feed: SettlementFeed;
  /** Settles an exchange in the store, without a reservation. */
  readonly settle: (generation: Generation) => Promise<unknown>;
}

const accountId = 'account-1';
const AT = 1_790_000_000_000;

/** What every {@link SettlementFeed} has to do. Call it in a test file of the adapter. */
export function settlementFeedSuite(name: string, make: () => Promise<FeedBench>): void {
  describe(`SettlementFeed: ${name}`, () => {
    it('shows what was settled behind a position, in the order of settling, to the last field', async () => {
      const { feed, settle } = await make();
      const start = await feed.end(accountId);
      expect(await feed.after(accountId, start, 9)).toEqual([]);
      // Those that took long are settled after younger ones.
      const made = [3, 1, 2].map((n) =>
        sampleGeneration({ createdAt: AT + n, cost: BigInt(n - 1), status: n === 1 ? 'failed' : 'complete' }),
      );
      for (const one of made) await settle(one);
      const seen = await feed.after(accountId, start, 9);
      expect(seen.map(({ generation }) => generation)).toEqual(made);
      const positions = seen.map(({ position }) => position);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      expect(await feed.end(accountId)).toBeGreaterThanOrEqual(positions.at(-1) ?? Infinity);
      expect(await feed.after(accountId, await feed.end(accountId), 9)).toEqual([]);
    });

    it('goes on from any position, a page at a time', async () => {
      const { feed, settle } = await make();
      const made = Array.from({ length: 7 }, (_, n) => sampleGeneration({ createdAt: AT + n }));
      for (const one of made) await settle(one);
      const seen: string[] = [];
      let position = 0;
      for (;;) {
        const page = await feed.after(accountId, position, 3);
        if (page.length === 0) break;
        seen.push(...page.map(({ generation }) => generation.id));
        position = page.at(-1)?.position ?? Infinity;
      }
      expect(seen).toEqual(made.map(({ id }) => id));
    });

    it('shows an account nothing of another', async () => {
      const { feed, settle } = await make();
      await settle(sampleGeneration({ accountId: 'account-2' }));
      expect(await feed.after(accountId, 0, 9)).toEqual([]);
      expect(await feed.after('account', 0, 9)).toEqual([]);
    });
  });
}
