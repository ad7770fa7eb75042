import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { InfiniteData, UseInfiniteQueryResult, UseMutationResult } from '@tanstack/react-query';
import { request, requestData } from './request.ts';

/** Keys that the API lists at once. */
const PAGE = 100;

export type LimitReset = 'daily' | 'weekly' | 'monthly';

/** A key as the API shows it; amounts are numbers in USD. */
export interface ApiKey {
  readonly hash: string;
  readonly name: string;
  /** The key with its middle left out. */
  readonly label: string;
  readonly disabled: boolean;
  readonly limit: number | null;
  readonly limit_remaining: number | null;
  readonly limit_reset: LimitReset | null;
  readonly usage: number;
  readonly usage_daily: number;
  readonly usage_weekly: number;
  readonly usage_monthly: number;
  readonly created_at: string;
  readonly expires_at: string | null;
}

export interface NewKey {
  readonly name: string;
  readonly limit?: number | null;
  readonly limit_reset?: LimitReset | null;
  /** In UTC. */
  readonly expires_at?: string | null;
}

export type KeyChange = Partial<Pick<ApiKey, 'name' | 'disabled' | 'limit' | 'limit_reset'>>;

/** What is shown once. */
export interface CreatedKey {
  readonly key: string;
  readonly data: ApiKey;
}

const KEYS = ['keys'];

/** All keys of the account, disabled ones too, a page at a time. */
export function useKeys(): UseInfiniteQueryResult<InfiniteData<readonly ApiKey[]>> {
  return useInfiniteQuery({
    queryKey: KEYS,
    queryFn: ({ pageParam, signal }) =>
      requestData<readonly ApiKey[]>('/keys', {
        query: { include_disabled: true, offset: pageParam },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.length < PAGE ? undefined : all.length * PAGE),
  });
}

export function useCreateKey(): UseMutationResult<CreatedKey, Error, NewKey> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewKey) => request<CreatedKey>('/keys', { method: 'POST', body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEYS }),
  });
}

export function useChangeKey(hash: string): UseMutationResult<ApiKey, Error, KeyChange> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: KeyChange) => requestData<ApiKey>(pathOf(hash), { method: 'PATCH', body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEYS }),
  });
}

export function useDeleteKey(hash: string): UseMutationResult<unknown, Error, void> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => request(pathOf(hash), { method: 'DELETE' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEYS }),
  });
}

function pathOf(hash: string): string {
  return `/keys/${encodeURIComponent(hash)}`;
}
