import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import type { ListPage } from './page.ts';
import { apiUrl, request, requestData } from './request.ts';

export type GenerationStatus = 'complete' | 'cancelled' | 'failed' | 'truncated';

/** One request as the list shows it. What is unknown is `null`. Times are milliseconds. */
export interface GenerationRow {
  readonly id: string;
  readonly created_at: string;
  readonly requested_model: string;
  /** Empty where nobody answered, as is the provider. */
  readonly model: string | null;
  readonly provider_name: string | null;
  readonly api_key_hash: string;
  readonly api_key_name: string | null;
  readonly surface: string;
  readonly status: GenerationStatus;
  readonly streamed: boolean;
  readonly finish_reason: string | null;
  readonly latency: number | null;
  readonly generation_time: number | null;
  readonly tokens_per_second: number | null;
  readonly tokens_prompt: number | null;
  readonly tokens_completion: number | null;
  readonly tokens_cached: number | null;
  readonly tokens_reasoning: number | null;
  readonly cost_usd: string;
  readonly cache_hit: boolean;
  readonly error_type: string | null;
  readonly attempts: readonly unknown[];
}

/** A line of a request's bill. Texts are exact decimals in USD. */
export interface CostLine {
  readonly item: string;
  readonly quantity: number;
  readonly unitPrice: string;
  readonly amount: string;
}

export interface Attempt {
  readonly provider: string;
  readonly model: string;
  /** HTTP status; `null` when no answer came. */
  readonly status: number | null;
  readonly errorType: string | null;
  readonly latencyMs: number;
}

/** One request in full. */
export interface Generation {
  readonly id: string;
  readonly request_id: string;
  readonly upstream_id: string | null;
  readonly created_at: string;
  readonly requested_model: string;
  readonly model: string;
  readonly provider_name: string | null;
  readonly status: GenerationStatus | 'pending';
  readonly streamed: boolean;
  readonly finish_reason: string | null;
  readonly native_finish_reason: string | null;
  readonly latency: number | null;
  readonly generation_time: number | null;
  readonly tokens_per_second: number | null;
  readonly tokens_prompt: number | null;
  readonly tokens_completion: number | null;
  readonly native_tokens_cached: number | null;
  readonly native_tokens_reasoning: number | null;
  readonly total_cost: number;
  readonly usage_source: string | null;
  readonly cache_hit: boolean;
  readonly error_type: string | null;
  readonly lines: readonly CostLine[];
  readonly attempts: readonly Attempt[];
  readonly app_title: string | null;
  readonly user_agent: string | null;
}

/** Which requests to list; a filter that is absent takes everything. */
export interface GenerationFilters {
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  /** Hash of a key. */
  readonly key?: string | undefined;
  readonly status?: GenerationStatus | undefined;
}

export type GenerationPages = InfiniteData<ListPage<GenerationRow>, string | null>;

/** How many requests one page of the list has. */
const PAGE_SIZE = 100;

/** Where requests are told as they settle. */
export function liveUrl(): string {
  return apiUrl('/generations/live');
}

/** @param filters of one list. @default every list */
export function generationsKey(filters?: GenerationFilters): readonly unknown[] {
  return filters ? ['generations', 'list', filters] : ['generations', 'list'];
}

/** Requests, newest first, a page at a time. */
export function useGenerations(filters: GenerationFilters): UseInfiniteQueryResult<GenerationPages> {
  const { model, provider, key, status } = filters;
  return useInfiniteQuery({
    queryKey: generationsKey(filters),
    queryFn: ({ pageParam, signal }) =>
      request<ListPage<GenerationRow>>('/generations', {
        query: { limit: PAGE_SIZE, cursor: pageParam, model, provider, api_key_hash: key, status },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    // The live feed tells what is new; reading all pages again on each return to the window would be waste.
    refetchOnWindowFocus: false,
  });
}

/** One request with its bill and its attempts. */
export function useGeneration(id: string): UseQueryResult<Generation> {
  return useQuery({
    queryKey: ['generations', 'one', id],
    queryFn: ({ signal }) => requestData<Generation>('/generation', { query: { id }, signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? 1_500 : false),
  });
}
