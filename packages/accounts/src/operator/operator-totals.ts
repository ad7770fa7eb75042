import type { Balance, Ledger } from '@onerouter/billing';
import { formatUsd, type Nanos } from '@onerouter/core';
import type { DayTotals, UsageRollups } from '@onerouter/metering';
import type { AccountStore } from '../account-store.ts';

/** How long totals are kept: with many accounts they are too much work for every look. */
export const TOTALS_FRESH_MS = 10_000;
const DAY_MS = 86_400_000;
const DAYS = 30;

export interface OperatorTotalsOptions {
  readonly accounts: Pick<AccountStore, 'countAccounts'>;
  readonly ledger: Pick<Ledger, 'totals'>;
  readonly rollups?: Pick<UsageRollups, 'totals'> | undefined;
  readonly now: () => number;
}

/** Totals of the whole server, read at most once in {@link TOTALS_FRESH_MS}, however many ask. */
export function operatorTotals(options: OperatorTotalsOptions): () => Promise<Record<string, unknown>> {
  let kept: { readonly until: number; readonly totals: Promise<Record<string, unknown>> } | undefined;
  return function operatorTotals() {
    const now = options.now();
    if (kept && kept.until > now) return kept.totals;
    const fresh = { until: now + TOTALS_FRESH_MS, totals: readTotals(options, now) };
    kept = fresh;
    // A failure is not kept: the store may be back a moment later.
    fresh.totals.catch(() => {
      if (kept === fresh) kept = undefined;
    });
    return fresh.totals;
  };
}

async function readTotals(options: OperatorTotalsOptions, now: number): Promise<Record<string, unknown>> {
  const { accounts, ledger, rollups } = options;
  const [today, from] = [dayOf(now), dayOf(now - (DAYS - 1) * DAY_MS)];
  const [count, money, days] = await Promise.all([
    accounts.countAccounts(),
    ledger.totals(),
    rollups?.totals({ from, to: today }),
  ]);
  return {
    accounts: count,
    ...writeMoney(money),
    today: days ? sum(days.filter(({ day }) => day === today)) : null,
    last_30_days: days ? sum(days) : null,
  };
}

function writeMoney({ balance, reserved, totalCredits, totalUsage }: Balance): Record<string, unknown> {
  return {
    balance_usd: formatUsd(balance),
    reserved_usd: formatUsd(reserved),
    credits_usd: formatUsd(totalCredits),
    usage_usd: formatUsd(totalUsage),
  };
}

function sum(days: readonly DayTotals[]): Record<string, unknown> {
  let requests = 0;
  let total: Nanos = 0n;
  for (const day of days) {
    requests += day.requests;
    total += day.cost;
  }
  return { requests, cost_usd: formatUsd(total) };
}

function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
