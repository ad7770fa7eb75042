import type { Generation } from '@onerouter/core';
import { describe, expect, it } from 'vitest';
import { asksFor, sumDaily, sumDays, usageOf } from '../sum-usage.ts';
import type { DailyUsage, UsageQuery, UsageRollups } from '../usage-rollups.ts';
import { sampleGeneration } from './sample-generation.ts';

/** Rollups of a store that is empty, and how exchanges come into it. */
export interface RollupsBench {
  readonly rollups: UsageRollups;
  /** Settles an exchange in the store, without a reservation. */
  readonly settle: (generation: Generation) => Promise<unknown>;
}

const accountId = 'account-1';
const DAY_MS = 86_400_000;
/** The last millisecond of 2026-09-21. */
const MIDNIGHT = Date.UTC(2026, 8, 22) - 1;

/** What every {@link UsageRollups} has to do. Call it in a test file of the adapter. */
export function usageRollupsSuite(name: string, make: () => Promise<RollupsBench>): void {
  describe(`UsageRollups: ${name}`, () => {
    it('sums up days by model, provider and key, as adding up every generation would', async () => {
      const { rollups, settle } = await make();
      const made = twoDays();
      for (const one of made) await settle(one);
      const questions: readonly UsageQuery[] = [
        { from: '2026-01-01', to: '2026-12-31' },
        { from: '2026-09-21', to: '2026-09-21' },
        { from: '2026-09-22', to: '2026-09-22' },
        { from: '2026-09-23', to: '2026-09-30' },
        { from: '2026-09-22', to: '2026-09-21' },
        { from: '2026-09-01', to: '2026-09-30', model: 'acme/b' },
        { from: '2026-09-01', to: '2026-09-30', provider: 'alpha' },
        { from: '2026-09-01', to: '2026-09-30', keyId: 'k/2' },
        { from: '2026-09-01', to: '2026-09-30', model: 'acme/a', provider: 'beta', keyId: 'k/2' },
        { from: '2026-09-01', to: '2026-09-30', model: 'acme' },
        { from: '2026-09-01', to: '2026-09-30', by: ['model'] },
        { from: '2026-09-01', to: '2026-09-30', by: ['provider', 'keyId'], model: 'acme/a' },
        { from: '2026-09-01', to: '2026-09-30', by: [] },
      ];
      for (const query of questions) {
        const usages = made.map(usageOf).filter((usage) => asksFor(query, usage));
        const answered = await rollups.daily(accountId, query);
        expect(sorted(answered), JSON.stringify(query)).toEqual(sorted(sumDaily(usages, query.by)));
        const days = answered.map(({ day }) => day);
        expect(days).toEqual(days.toSorted());
      }
    });

    it('has what was settled a moment ago', async () => {
      const { rollups, settle } = await make();
      for (let n = 1; n <= 5; n += 1) {
        await settle(sampleGeneration({ createdAt: MIDNIGHT, cost: BigInt(n) }));
        const [row] = await rollups.daily(accountId, { from: '2026-09-21', to: '2026-09-21' });
        expect(row?.requests).toBe(n);
      }
    });

    it('keeps accounts apart, and adds all of them up for the operator', async () => {
      const { rollups, settle } = await make();
      const made = ['account-1', 'account-2', 'account-10'].flatMap((owner) =>
        twoDays().map((one) => ({ ...one, id: `${one.id}${owner}`, accountId: owner })),
      );
      for (const one of made) await settle(one);
      const all: UsageQuery = { from: '2026-09-01', to: '2026-09-30' };
      const [, , third] = await Promise.all(
        ['account-1', 'account-2', 'account-10'].map((owner) => rollups.daily(owner, all)),
      );
      expect(sorted(third ?? [])).toEqual(sorted(sumDaily(twoDays().map(usageOf))));
      expect(await rollups.daily('account', all)).toEqual([]);
      const days = made.map(usageOf).map(({ day, ...used }) => ({ ...used, day }));
      expect(await rollups.totals(all)).toEqual(sumDays(days));
      expect(await rollups.totals({ from: '2026-09-22', to: '2026-09-22' })).toEqual(
        sumDays(days.filter(({ day }) => day === '2026-09-22')),
      );
      expect(await rollups.totals({ from: '2025-01-01', to: '2025-12-31' })).toEqual([]);
    });
  });
}

/** Exchanges around a midnight: with usage and without, free and beyond 2^53 nano-dollars. */
function twoDays(): readonly Generation[] {
  const usage = { promptTokens: 7, completionTokens: 5, reasoningTokens: 3, source: 'provider' } as const;
  return [
    sampleGeneration({ createdAt: MIDNIGHT - DAY_MS + 1, model: 'acme/a', usage }),
    sampleGeneration({ createdAt: MIDNIGHT, model: 'acme/a', usage, cost: 9_007_199_254_740_993n }),
    sampleGeneration({ createdAt: MIDNIGHT, model: 'acme/a', usage, cost: 2n }),
    sampleGeneration({ createdAt: MIDNIGHT + 1, model: 'acme/a', provider: 'beta', keyId: 'k/2' }),
    sampleGeneration({ createdAt: MIDNIGHT + 2, model: 'acme/b', keyId: 'k/2', usage: null, cost: 0n }),
    sampleGeneration({ createdAt: MIDNIGHT + 3, model: '', provider: '', status: 'failed', cost: 0n }),
    sampleGeneration({ createdAt: MIDNIGHT + DAY_MS, model: 'acme/b', usage, status: 'cancelled' }),
  ];
}

function sorted(rows: readonly DailyUsage[]): readonly DailyUsage[] {
  return rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf({ day, model, provider, keyId }: DailyUsage): string {
  return [day, model, provider, keyId].join(' ');
}
