import type { Endpoint, Model } from '@onerouter/core';
import type { HealthView } from '../resolve/health.ts';
import type { StatsView } from './stats.ts';
import { writeArchitecture } from './wire-model.ts';
import { writePricing } from './wire-pricing.ts';

/** What an endpoint page reads beside the catalogue. */
export interface LiveViews {
  readonly health: HealthView;
  readonly stats: StatsView;
}

const OK = 0;
const DEGRADED = -1;
const LEFT_ALONE = -2;

/** `GET /models/{author}/{slug}/endpoints`: a model with each of its endpoints. */
export function writeEndpoints(model: Model, views: LiveViews): Readonly<Record<string, unknown>> {
  return {
    id: model.id,
    name: model.name,
    created: model.created,
    description: model.description,
    architecture: writeArchitecture(model),
    endpoints: model.endpoints.map((endpoint) => writeEndpoint(model, endpoint, views)),
  };
}

function writeEndpoint(
  model: Model,
  endpoint: Endpoint,
  { health, stats }: LiveViews,
): Readonly<Record<string, unknown>> {
  const { provider, quantization, supportedParameters, pricing } = endpoint;
  const figures = stats.endpoint(endpoint.id);
  const choosesTools = supportedParameters === null || supportedParameters.includes('tool_choice');
  return {
    name: `${provider.displayName} | ${model.id}`,
    model_id: model.id,
    model_name: model.name,
    provider_name: provider.name,
    tag: quantization === null ? provider.name : `${provider.name}/${quantization}`,
    quantization,
    // The official SDK refuses null here; nothing has a context of 0, so it reads as unknown.
    context_length: endpoint.contextLength ?? model.contextLength ?? 0,
    max_completion_tokens: endpoint.maxCompletionTokens,
    max_prompt_tokens: null,
    pricing: writePricing(endpoint),
    supported_parameters: supportedParameters ?? [],
    supports_implicit_caching: pricing.input_cache_read !== undefined,
    supports_tool_choice: {
      auto: choosesTools,
      function: choosesTools,
      none: choosesTools,
      required: choosesTools,
    },
    supports_voice_cloning: false,
    status: statusOf(endpoint.id, health),
    uptime_last_5m: figures?.uptime5m ?? null,
    uptime_last_30m: figures?.uptime30m ?? null,
    uptime_last_1d: figures?.uptime1d ?? null,
    latency_last_30m: figures?.latencyMs ?? null,
    throughput_last_30m: figures?.throughput ?? null,
    cancellation: provider.cancellation,
    trains_on_prompts: provider.trainsOnPrompts,
    retains_prompts: provider.retainsPrompts,
  };
}

function statusOf(endpointId: string, health: HealthView): number {
  if ((health.shutForMs?.(endpointId) ?? 0) > 0) return LEFT_ALONE;
  return health.healthy?.(endpointId) === false ? DEGRADED : OK;
}
