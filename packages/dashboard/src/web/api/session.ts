import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';
import { request, requestData } from './request.ts';

/** Who is signed in. */
export interface Profile {
  readonly id: string;
  readonly email: string;
  readonly role: 'user' | 'operator';
  readonly created_at: string;
  readonly has_password: boolean;
  readonly allow_training: boolean;
  readonly identities: readonly { readonly provider: string }[];
  readonly alerts: Alerts | null;
}

export interface Alerts {
  readonly threshold_usd: string;
  readonly email: boolean;
  readonly webhook_url: string | null;
}

/** The ways in that this installation offers. */
export interface SignInMethods {
  readonly password: boolean;
  readonly sign_up: boolean;
  /** Whether a link for a new password can be sent. */
  readonly reset?: boolean;
  readonly oauth: readonly string[];
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export const PROFILE_KEY: readonly string[] = ['account'];

/** The profile of who is signed in; `null` when nobody is. */
export function useProfile(): UseQueryResult<Profile | null> {
  return useQuery({ queryKey: PROFILE_KEY, queryFn: ({ signal }) => readProfile(signal), staleTime: 60_000 });
}

async function readProfile(signal: AbortSignal): Promise<Profile | null> {
  try {
    return await requestData<Profile>('/account', { signal });
  } catch (err) {
    if (err instanceof ApiError && (err.status === 401 || err.status === 404)) return null;
    throw err;
  }
}

export function useSignInMethods(): UseQueryResult<SignInMethods> {
  return useQuery({
    queryKey: ['auth', 'methods'],
    queryFn: ({ signal }) => requestData<SignInMethods>('/auth/methods', { signal }),
    staleTime: Infinity,
  });
}

/** Signs in or up; everything that another visitor's session had read is forgotten. */
export function useSignIn(way: 'sign-in' | 'sign-up'): UseMutationResult<Profile, Error, Credentials> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials) => requestData<Profile>(`/auth/${way}`, { method: 'POST', body }),
    onSuccess: (profile) => {
      queries.setQueryData(PROFILE_KEY, profile);
      queries.removeQueries({
        predicate: ({ queryKey }) => !['account', 'auth', 'models'].includes(String(queryKey[0])),
      });
    },
  });
}

export function useSignOut(): UseMutationResult<unknown, Error, void> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => request('/auth/sign-out', { method: 'POST' }),
    onSuccess: () => {
      queries.setQueryData(PROFILE_KEY, null);
      queries.removeQueries({
        predicate: ({ queryKey }) => !['account', 'models'].includes(String(queryKey[0])),
      });
    },
  });
}
