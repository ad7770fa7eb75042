import type { Nanos } from '@onerouter/core';

/** Days in UTC as `2026-09-23`, both included. A generation belongs to the day on which it was made. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** Which use of an account to sum up. Filters compare whole values. */
export interface UsageQuery extends DayRange {
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  /** Hash of the key that called. */
  readonly keyId?: string | undefined;
  /**
   * What use is told apart by beside the day; the rest is summed up, and its names are empty. Fewer are fewer rows, which
   * a year of a busy account makes worth it. @default all of them
   */
  readonly by?: readonly UsageName[] | undefined;
}

/** Names that use is told apart by. */
export type UsageName = 'model' | 'provider' | 'keyId';

/** Sums over exchanges that were settled, those that failed and cost nothing among them. */
export interface UsageSums {
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  readonly cost: Nanos;
}

/** What one account used on one day with one key, model and provider. Names are empty where nobody answered. */
export interface DailyUsage extends UsageSums {
  readonly day: string;
  readonly model: string;
  readonly provider: string;
  readonly keyId: string;
}

/** What all accounts used on one day. */
export interface DayTotals extends UsageSums {
  readonly day: string;
}

/** Use by day, kept as sums: what a question costs does not grow with the number of exchanges. */
export interface UsageRollups {
  /** An account's use, up to what has been settled by now. In order of days. */
  daily(accountId: string, query: UsageQuery): Promise<readonly DailyUsage[]>;
  /** The use of all accounts, up to what has been settled by now. In order of days; days without use are left out. */
  totals(days: DayRange): Promise<readonly DayTotals[]>;
}
