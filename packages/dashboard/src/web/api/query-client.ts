import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';
import { PROFILE_KEY } from './session.ts';

const MAX_RETRIES = 2;

const UNAUTHENTICATED = 401;

/**
 * Only what may succeed later is tried again; a mutation never is by itself. Where the session turns out to be over, who
 * is signed in is asked anew, and pages that need somebody lead to the sign-in.
 */
export function createQueryClient(): QueryClient {
  const noticeSessionEnd = (error: unknown): void => {
    if (error instanceof ApiError && error.status === UNAUTHENTICATED) {
      void client.invalidateQueries({ queryKey: PROFILE_KEY });
    }
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: noticeSessionEnd }),
    mutationCache: new MutationCache({ onError: noticeSessionEnd }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) =>
          failures < MAX_RETRIES && error instanceof ApiError && error.transient && error.status !== 429,
      },
      mutations: { retry: false },
    },
  });
  return client;
}
