import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { requestData } from './request.ts';

/** Decimal text, USD for one token or unit, after discount. */
export interface Pricing {
  readonly prompt: string;
  readonly completion: string;
  readonly request?: string;
  readonly image?: string;
  readonly input_cache_read?: string;
  readonly input_cache_write?: string;
  readonly internal_reasoning?: string;
  /** A fraction: 0.2 is a fifth off. */
  readonly discount?: number;
}

export interface Architecture {
  readonly input_modalities: readonly string[];
  readonly output_modalities: readonly string[];
}

export interface Model {
  readonly id: string;
  readonly name: string;
  /** Seconds. */
  readonly created: number;
  readonly description?: string | null;
  readonly context_length: number | null;
  readonly architecture: Architecture;
  readonly pricing: Pricing;
  readonly supported_parameters: readonly string[];
  readonly aliases?: readonly string[];
}

export interface Percentiles {
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p99: number;
}

export interface Endpoint {
  readonly name: string;
  readonly provider_name: string;
  readonly tag: string;
  readonly quantization: string | null;
  readonly context_length: number;
  readonly max_completion_tokens: number | null;
  readonly pricing: Pricing;
  readonly supported_parameters: readonly string[];
  /** 0 healthy, -1 in trouble, -2 left alone. */
  readonly status: number;
  readonly uptime_last_5m: number | null;
  readonly uptime_last_30m: number | null;
  readonly uptime_last_1d: number | null;
  readonly latency_last_30m: Percentiles | null;
  readonly throughput_last_30m: Percentiles | null;
  readonly trains_on_prompts?: boolean;
  readonly retains_prompts?: boolean;
}

export interface ModelWithEndpoints {
  readonly id: string;
  readonly name: string;
  readonly created: number;
  readonly description?: string | null;
  readonly architecture: Architecture;
  readonly endpoints: readonly Endpoint[];
}

export interface Provider {
  readonly name: string;
  readonly slug: string;
  readonly trains_on_prompts?: boolean;
}

/** Orders that the server knows how to make. */
export type ServerSort = 'latency-low-to-high';

export interface ModelsQuery {
  /** Slug of a provider. */
  readonly provider?: string;
  readonly sort?: ServerSort;
}

/** All models, or those of a provider; narrowed further in the page. */
export function useModels(query: ModelsQuery = {}): UseQueryResult<readonly Model[]> {
  const { provider, sort } = query;
  return useQuery({
    queryKey: ['models', 'list', provider ?? '', sort ?? ''],
    queryFn: ({ signal }) =>
      requestData<readonly Model[]>('/models', {
        query: { providers: provider, sort, output_modalities: 'all' },
        signal,
      }),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
}

export function useProviders(): UseQueryResult<readonly Provider[]> {
  return useQuery({
    queryKey: ['models', 'providers'],
    queryFn: ({ signal }) => requestData<readonly Provider[]>('/providers', { signal }),
    staleTime: 300_000,
  });
}

/** A model with each of its endpoints, as they fare now. */
export function useModelWithEndpoints(id: string): UseQueryResult<ModelWithEndpoints> {
  return useQuery({
    queryKey: ['models', 'endpoints', id],
    queryFn: ({ signal }) => requestData<ModelWithEndpoints>(`/models/${encodeId(id)}/endpoints`, { signal }),
    refetchInterval: 30_000,
  });
}

function encodeId(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/');
}
