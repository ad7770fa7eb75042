import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  InfiniteData,
  UseInfiniteQueryResult,
  UseMutationResult,
  UseQueryResult,
} from '@tanstack/react-query';
import type { Entry } from './credits.ts';
import type { ListPage } from './page.ts';
import { request, requestData } from './request.ts';
import type { Profile } from './session.ts';

interface Use {
  readonly requests: number;
  readonly cost_usd: string;
}

/** All accounts together. Amounts are exact decimal texts in USD. */
export interface Totals {
  readonly accounts: number;
  readonly balance_usd: string;
  readonly reserved_usd: string;
  readonly credits_usd: string;
  readonly usage_usd: string;
  readonly today: Use;
  readonly last_30_days: Use;
}

export interface EndpointHealth {
  readonly model: string;
  readonly upstream_model: string;
  /** 0 healthy, -1 in trouble, -2 left alone. */
  readonly status: number;
  /** In percent; `null` where there is too little to tell. */
  readonly uptime_last_5m: number | null;
  readonly uptime_last_30m: number | null;
  readonly uptime_last_1d: number | null;
  /** Milliseconds to the first output. */
  readonly latency_p50: number | null;
  /** Tokens a second. */
  readonly throughput_p50: number | null;
  readonly breaker: 'closed' | 'open' | 'half_open';
}

export interface ProviderHealth {
  readonly provider: string;
  readonly endpoints: readonly EndpointHealth[];
}

export interface AccountRow {
  readonly id: string;
  readonly email: string;
  readonly role: Profile['role'];
  readonly created_at: string;
  readonly balance_usd: string;
  readonly available_usd: string;
  readonly total_usage_usd: string;
}

export interface OneAccount extends AccountRow {
  /** The latest, newest first. */
  readonly entries: readonly Entry[];
}

export interface Grant {
  readonly amount_usd: string;
  readonly note?: string;
  /** Names the act: sent twice, it grants once. */
  readonly id: string;
}

const OPERATOR = 'operator';
const ACCOUNTS_A_PAGE = 25;

export function useTotals(): UseQueryResult<Totals> {
  return useQuery({
    queryKey: [OPERATOR, 'totals'],
    queryFn: ({ signal }) => requestData<Totals>('/operator/totals', { signal }),
    refetchInterval: 30_000,
  });
}

export function useProviderHealth(): UseQueryResult<readonly ProviderHealth[]> {
  return useQuery({
    queryKey: [OPERATOR, 'providers'],
    queryFn: ({ signal }) => requestData<readonly ProviderHealth[]>('/operator/providers', { signal }),
    refetchInterval: 15_000,
  });
}

/** Accounts whose e-mail holds a text, or whose id it is; all for an empty one. */
export function useAccounts(
  query: string,
): UseInfiniteQueryResult<InfiniteData<ListPage<AccountRow>, string | null>> {
  return useInfiniteQuery({
    queryKey: [OPERATOR, 'accounts', query],
    queryFn: ({ pageParam, signal }) =>
      request<ListPage<AccountRow>>('/operator/accounts', {
        query: { query, cursor: pageParam, limit: ACCOUNTS_A_PAGE },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: (before) => before,
  });
}

export function useAccount(id: string): UseQueryResult<OneAccount> {
  return useQuery({
    queryKey: [OPERATOR, 'account', id],
    queryFn: ({ signal }) => requestData<OneAccount>(pathOf(id), { signal }),
  });
}

/** Gives credits; everything that operators see is read again. */
export function useGrant(id: string): UseMutationResult<unknown, Error, Grant> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Grant) => request(`${pathOf(id)}/grants`, { method: 'POST', body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [OPERATOR] }),
  });
}

function pathOf(id: string): string {
  return `/operator/accounts/${encodeURIComponent(id)}`;
}
