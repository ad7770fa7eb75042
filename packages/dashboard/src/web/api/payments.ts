import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { facts } from '../lib/facts.ts';
import { CREDITS_KEY } from './credits.ts';
import { requestData } from './request.ts';

export type PaymentStatus = 'pending' | 'paid' | 'failed' | 'refunded' | 'partially_refunded' | 'disputed';

/** Credits that somebody paid for, or set out to. */
export interface Payment {
  readonly id: string;
  readonly source: 'checkout' | 'auto_top_up';
  readonly status: PaymentStatus;
  readonly created_at: string;
  readonly paid_at: string | null;
  readonly amount_usd: string;
  readonly fee_usd: string;
  readonly total_usd: string;
  readonly refunded_usd: string;
  /** What of it can be given back now. */
  readonly refundable_usd: string;
  readonly refundable_until: string | null;
  readonly receipt_url: string | null;
}

/** What credits cost, and how many may be bought at once. */
export interface Price {
  readonly amount_usd: string;
  readonly fee_usd: string;
  readonly total_usd: string;
  readonly minimum_usd: string;
  readonly maximum_usd: string;
}

/** The query parameter that Stripe's page comes back with: `success` or `cancelled`. */
export const CHECKOUT_PARAM = 'checkout';

/**
 * The price of some credit, fee included.
 *
 * @param amount decimal text; nothing is asked while it is `undefined`
 */
export function usePrice(amount: string | undefined): UseQueryResult<Price> {
  return useQuery({
    queryKey: [...CREDITS_KEY, 'price', amount],
    queryFn: ({ signal }) => requestData<Price>('/credits/price', { query: { amount_usd: amount }, signal }),
    enabled: amount !== undefined,
    staleTime: 300_000,
    retry: false,
  });
}

/** Opens a page of Stripe's; its address is in the answer. */
export function useCheckout(): UseMutationResult<{ readonly url: string }, Error, string> {
  return useMutation({
    mutationFn: (amount: string) =>
      requestData<{ readonly url: string }>('/credits/checkout', {
        method: 'POST',
        body: {
          amount_usd: amount,
          success_url: backHere('success'),
          cancel_url: backHere('cancelled'),
        },
      }),
  });
}

/** @param pollMs how often to look again. @default never */
export function usePayments(pollMs?: number): UseQueryResult<readonly Payment[]> {
  return useQuery({
    queryKey: [...CREDITS_KEY, 'payments'],
    queryFn: ({ signal }) => requestData<readonly Payment[]>('/credits/payments', { signal }),
    refetchInterval: pollMs ?? false,
  });
}

/** Gives back what is unused of a payment. */
export function useRefund(): UseMutationResult<Payment, Error, string> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      requestData<Payment>(`/credits/payments/${encodeURIComponent(id)}/refund`, { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ queryKey: CREDITS_KEY }),
  });
}

function backHere(how: 'success' | 'cancelled'): string {
  return `${location.origin}${facts.base}/credits?${CHECKOUT_PARAM}=${how}`;
}
