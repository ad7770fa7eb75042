import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  InfiniteData,
  UseInfiniteQueryResult,
  UseMutationResult,
  UseQueryResult,
} from '@tanstack/react-query';
import { facts } from '../lib/facts.ts';
import { CREDITS_KEY } from './credits.ts';
import type { ListPage } from './page.ts';
import { request, requestData } from './request.ts';

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

const PAYMENTS_A_PAGE = 25;
/** So many times in a row a payment that is awaited is looked for at the short interval. */
const EAGER_TRIES = 30;
const EAGER_MS = 2_000;
const PATIENT_MS = 15_000;

export type Payments = UseInfiniteQueryResult<InfiniteData<ListPage<Payment>, string | null>>;

/**
 * Payments, newest first, a page at a time.
 *
 * @param awaiting whether somebody has just paid: they are read again until that payment is settled
 */
export function usePayments(enabled: boolean, awaiting: boolean): Payments {
  return useInfiniteQuery({
    queryKey: [...CREDITS_KEY, 'payments'],
    queryFn: ({ pageParam, signal }) =>
      request<ListPage<Payment>>('/credits/payments', {
        query: { limit: PAYMENTS_A_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    enabled,
    refetchInterval: ({ state: { data, dataUpdateCount } }) => {
      if (!awaiting || (data && latestPurchase(data.pages[0]?.data ?? [])?.status !== 'pending'))
        return false;
      return dataUpdateCount < EAGER_TRIES ? EAGER_MS : PATIENT_MS;
    },
  });
}

/** The purchase that was begun last. @param payments newest first */
export function latestPurchase(payments: readonly Payment[]): Payment | undefined {
  return payments.find(({ source }) => source === 'checkout');
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
