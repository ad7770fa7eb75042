import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { facts } from '../lib/facts.ts';
import type { ApiDocument } from './api-document.ts';
import { ApiError, toApiError } from './api-error.ts';

/** Where the description of the API is. */
export const DESCRIPTION_URL: string = facts.openApiUrl ?? '/openapi.json';

/** The description of the API, as it is served now. */
export function useApiDocument(): UseQueryResult<ApiDocument> {
  return useQuery({
    queryKey: ['models', 'reference'],
    queryFn: ({ signal }) => readDocument(signal),
    staleTime: Infinity,
  });
}

async function readDocument(signal: AbortSignal): Promise<ApiDocument> {
  const response = await fetch(DESCRIPTION_URL, { signal, headers: { Accept: 'application/json' } });
  if (!response.ok) throw await toApiError(response);
  const document = (await response.json()) as Partial<ApiDocument>;
  if (typeof document.paths !== 'object') {
    throw new ApiError(response.status, `There is no OpenAPI document at ${DESCRIPTION_URL}.`);
  }
  return { ...document, paths: document.paths };
}
