import type { GenerationFilters, GenerationStatus } from '../../api/generations.ts';

export const STATUSES: readonly GenerationStatus[] = ['complete', 'cancelled', 'failed', 'truncated'];

/** The filters in the page's address. */
export function readFilters(search: URLSearchParams): GenerationFilters {
  return {
    model: search.get('model') || undefined,
    provider: search.get('provider') || undefined,
    key: search.get('key') || undefined,
    status: STATUSES.find((status) => status === search.get('status')),
  };
}

export function writeFilters(filters: GenerationFilters): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined) search.set(name, value);
  }
  return search;
}
