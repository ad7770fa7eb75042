import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import type { ListPage } from './page.ts';
import { request, requestData } from './request.ts';

/** What an account has now. All amounts are exact decimal texts in USD. */
export interface LiveBalance {
  readonly balance_usd: string;
  /** Held for requests that are running. */
  readonly reserved_usd: string;
  /** What new requests may spend: balance less reserved. */
  readonly available_usd: string;
}

/** Credit that came in at once, and what is left of it. */
export interface Lot {
  readonly id: string;
  readonly amount_usd: string;
  readonly remaining_usd: string;
  readonly expires_at: string | null;
}

export interface Balance extends LiveBalance {
  readonly total_credits_usd: string;
  readonly total_usage_usd: string;
  readonly lots: readonly Lot[];
}

export type EntryKind = 'top_up' | 'grant' | 'refund' | 'dispute' | 'adjustment' | 'expiry';

/** A change of the balance that is not a request. */
export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  /** Below zero where credit was taken. */
  readonly amount_usd: string;
  readonly at: string;
  readonly note: string | null;
}

/** The first part of the key of everything that changes with the balance. */
export const CREDITS_KEY: readonly string[] = ['credits'];

export function useBalance(): UseQueryResult<Balance> {
  return useQuery({
    queryKey: [...CREDITS_KEY, 'balance'],
    queryFn: ({ signal }) => requestData<Balance>('/credits/balance', { signal }),
    refetchInterval: 30_000,
  });
}

const ENTRIES_A_PAGE = 25;

/** Changes of the balance, newest first, a page at a time. */
export function useEntries(): UseInfiniteQueryResult<InfiniteData<ListPage<Entry>, string | null>> {
  return useInfiniteQuery({
    queryKey: [...CREDITS_KEY, 'entries'],
    queryFn: ({ pageParam, signal }) =>
      request<ListPage<Entry>>('/credits/entries', {
        query: { limit: ENTRIES_A_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}

/** Whether credits can be bought here. */
export function useBuying(): UseQueryResult<boolean> {
  return useQuery({
    queryKey: [...CREDITS_KEY, 'methods'],
    queryFn: async ({ signal }) =>
      (await requestData<{ readonly stripe: boolean }>('/credits/methods', { signal })).stripe,
    staleTime: Infinity,
  });
}
