import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { CREDITS_KEY } from './credits.ts';
import { requestData } from './request.ts';

export interface AutoTopUpSettings {
  readonly enabled: boolean;
  /** Buys when less than this is available. */
  readonly threshold_usd: string;
  /** How much it buys. */
  readonly amount_usd: string;
}

export interface AutoTopUp extends AutoTopUpSettings {
  readonly card: { readonly brand: string; readonly last4: string } | null;
  /** Why the last one did not work. */
  readonly last_error: string | null;
}

const KEY: readonly string[] = [...CREDITS_KEY, 'auto-top-up'];

export function useAutoTopUp(): UseQueryResult<AutoTopUp> {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => requestData<AutoTopUp>('/credits/auto-top-up', { signal }),
  });
}

export function useSaveAutoTopUp(): UseMutationResult<AutoTopUp, Error, AutoTopUpSettings> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: AutoTopUpSettings) =>
      requestData<AutoTopUp>('/credits/auto-top-up', { method: 'PUT', body }),
    onSuccess: (saved) => queries.setQueryData(KEY, saved),
  });
}

/** Opens a page of Stripe's that takes down a card; its address is in the answer. */
export function useAddCard(): UseMutationResult<{ readonly url: string }, Error, void> {
  return useMutation({
    mutationFn: () => requestData<{ readonly url: string }>('/credits/card', { method: 'POST', body: {} }),
  });
}

export function useRemoveCard(): UseMutationResult<unknown, Error, void> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => requestData('/credits/card', { method: 'DELETE' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
