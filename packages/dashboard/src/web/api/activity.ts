import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { apiUrl, requestData } from './request.ts';
import type { RequestOptions } from './request.ts';

/** Which use to look at. Days are UTC as `2026-09-23`, both included; a filter that is absent takes everything. */
export interface ActivityFilters {
  readonly from: string;
  readonly to: string;
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  /** Hash of a key. */
  readonly key?: string | undefined;
}

/** What use is told apart by. */
export type ActivityBy = 'model' | 'provider' | 'key';

/** What one day's requests with one model, provider and key used. */
export interface ActivityRow {
  readonly date: string;
  /** Empty where nobody answered. */
  readonly model: string;
  readonly provider_name: string;
  readonly requests: number;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly reasoning_tokens: number;
  readonly usage_usd: string;
  readonly api_key_hash?: string | null;
  readonly api_key_name?: string | null;
}

export interface ActivityTotals {
  readonly requests: number;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly reasoning_tokens: number;
  readonly cost_usd: string;
}

/** One line of a chart, a figure for each day. */
export interface Series {
  /** Empty where nobody answered. */
  readonly id: string;
  /** `null` for a key that is gone. */
  readonly name: string | null;
  readonly requests: readonly number[];
  readonly tokens: readonly number[];
  readonly cost_usd: readonly string[];
}

export interface Activity {
  readonly days: readonly string[];
  readonly series: readonly Series[];
  readonly totals: ActivityTotals;
}

/** A range of days summed up, told apart by model, provider or key. What was shown stays while another range is read. */
export function useActivity(filters: ActivityFilters, by: ActivityBy): UseQueryResult<Activity> {
  return useQuery({
    queryKey: ['activity', 'series', queryOf(filters), by],
    queryFn: ({ signal }) =>
      requestData<Activity>('/activity/series', { query: { ...queryOf(filters), by }, signal }),
    placeholderData: (before) => before,
  });
}

/** The same range, a row for each day, model, provider and key. */
export function useActivityRows(filters: ActivityFilters): UseQueryResult<readonly ActivityRow[]> {
  return useQuery({
    queryKey: ['activity', 'rows', queryOf(filters)],
    queryFn: ({ signal }) =>
      requestData<readonly ActivityRow[]>('/activity', {
        query: { ...queryOf(filters), group_by: 'api_key' },
        signal,
      }),
    placeholderData: (before) => before,
  });
}

/** Where the rows can be downloaded from as CSV. */
export function activityCsvUrl(filters: ActivityFilters): string {
  return apiUrl('/activity.csv', { ...queryOf(filters), group_by: 'api_key' });
}

function queryOf({ from, to, model, provider, key }: ActivityFilters): NonNullable<RequestOptions['query']> {
  return { from, to, model, provider, api_key_hash: key };
}
