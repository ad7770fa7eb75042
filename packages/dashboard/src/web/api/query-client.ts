import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

const MAX_RETRIES = 2;

/** Only what may succeed later is tried again; a mutation never is by itself. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
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
}
