import { z } from 'zod';

const count = z.int().nullable();
const ms = z.number().nullable();
const text = z.string().nullable();
const unused = z.null();

const attempt = z.object({
  provider: z.string(),
  model: z.string(),
  status: z.int().nullable().meta({ description: 'HTTP status; `null` where none came.' }),
  errorType: text,
  latencyMs: z.number(),
});

const line = z.object({
  item: z.string().meta({ example: 'prompt' }),
  quantity: z.number(),
  unitPrice: z.string().meta({ description: 'Decimal text in USD.' }),
  amount: z.string().meta({ description: 'Decimal text in USD.' }),
});

const openRouterFields = {
  id: z.string().meta({ description: '`gen-…`, from the header X-Generation-Id.' }),
  upstream_id: text,
  request_id: text,
  session_id: unused,
  created_at: z.iso.datetime(),
  model: z.string(),
  provider_name: text,
  provider_responses: z.array(
    z.object({
      provider_name: z.string(),
      model_permaslug: z.string(),
      status: z.int().nullable(),
      latency: z.number(),
      is_byok: z.boolean(),
    }),
  ),
  router: unused,
  api_type: text,
  streamed: z.boolean(),
  cancelled: z.boolean(),
  finish_reason: text,
  native_finish_reason: text,
  latency: ms.meta({ description: 'Milliseconds to the first output.' }),
  generation_time: ms.meta({ description: 'Milliseconds of output.' }),
  moderation_latency: unused,
  tokens_prompt: count,
  tokens_completion: count,
  native_tokens_prompt: count,
  native_tokens_completion: count,
  native_tokens_reasoning: count,
  native_tokens_cached: count,
  native_tokens_completion_images: unused,
  num_media_prompt: count,
  num_media_completion: unused,
  num_input_audio_prompt: unused,
  num_search_results: unused,
  num_fetches: unused,
  total_cost: z.number().meta({ description: 'USD; 0 until it is settled.' }),
  usage: z.number().meta({ description: 'The same as `total_cost`.' }),
  upstream_inference_cost: unused,
  cache_discount: unused,
  is_byok: z.boolean(),
  service_tier: unused,
  preset_id: unused,
  response_cache_source_id: text.meta({ description: 'The generation whose answer was served again.' }),
  app_id: unused,
  origin: z.string(),
  http_referer: text,
  user_agent: text,
  external_user: unused,
  data_region: z.string(),
  web_search_engine: unused,
  workspace_id: z.string(),
};

export const generation: z.ZodType = z
  .object({
    data: z.object({
      ...openRouterFields,
      status: z.string().meta({ description: '`pending` while it runs.' }),
      requested_model: z.string(),
      attempts: z.array(attempt).meta({ description: 'Calls to providers, in order.' }),
      lines: z.array(line).meta({ description: 'What the cost is made of.' }),
      usage_source: text,
      tokens_per_second: z.number().nullable(),
      discount_rate: z.number(),
      cache_hit: z.boolean(),
      error_type: text,
      app_title: text,
    }),
  })
  .meta({ id: 'Generation' });
