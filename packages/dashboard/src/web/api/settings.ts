import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { request, requestData } from './request.ts';
import { PROFILE_KEY } from './session.ts';
import type { Alerts, Profile } from './session.ts';

/** What may change of an account. What is absent stays; alerts that are `null` are off. */
export interface AccountChange {
  readonly allow_training?: boolean;
  readonly alerts?: Alerts | null;
}

export interface PasswordChange {
  /** Where the account has one. */
  readonly current_password?: string;
  readonly password: string;
}

/** A browser that is signed in. */
export interface Session {
  readonly id: string;
  /** Whether it is this one. */
  readonly current: boolean;
  readonly created_at: string;
  readonly last_seen_at: string;
  readonly expires_at: string;
  readonly user_agent: string | null;
}

const SESSIONS_KEY = ['account-sessions'];

export function useChangeAccount(): UseMutationResult<Profile, Error, AccountChange> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: AccountChange) => requestData<Profile>('/account', { method: 'PATCH', body }),
    onSuccess: (profile) => queries.setQueryData(PROFILE_KEY, profile),
  });
}

/** All other sessions end with it. */
export function useChangePassword(): UseMutationResult<Profile, Error, PasswordChange> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PasswordChange) => requestData<Profile>('/account/password', { method: 'POST', body }),
    onSuccess: (profile) => {
      queries.setQueryData(PROFILE_KEY, profile);
      return queries.invalidateQueries({ queryKey: SESSIONS_KEY });
    },
  });
}

export function useSessions(): UseQueryResult<readonly Session[]> {
  return useQuery({
    queryKey: SESSIONS_KEY,
    queryFn: ({ signal }) => requestData<readonly Session[]>('/account/sessions', { signal }),
  });
}

export function useEndSession(): UseMutationResult<unknown, Error, string> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(`/account/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: SESSIONS_KEY }),
  });
}

/** Signs out everywhere, here too. */
export function useEndAllSessions(): UseMutationResult<unknown, Error, void> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => request('/account/sessions', { method: 'DELETE' }),
    onSuccess: () => {
      queries.removeQueries({
        predicate: ({ queryKey }) => !['account', 'models'].includes(String(queryKey[0])),
      });
      queries.setQueryData(PROFILE_KEY, null);
    },
  });
}
