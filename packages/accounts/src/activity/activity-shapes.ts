import { z } from 'zod';

const count = z.int().nonnegative();
const usd = z.string().meta({ description: 'Exact decimal text in USD.' });
const unknownCount = count.nullable().meta({ description: '`null` where it is not known.' });

/** A row of `GET /activity`. */
export const activityRow: z.ZodType = z
  .object({
    date: z.iso.date(),
    model: z.string(),
    model_permaslug: z.string(),
    endpoint_id: z.string(),
    provider_name: z.string(),
    requests: count,
    prompt_tokens: count,
    completion_tokens: count,
    reasoning_tokens: count,
    usage: z.number().meta({ description: 'In USD.' }),
    byok_usage_inference: z.number(),
    usage_usd: usd,
    api_key_hash: z.string().optional().meta({ description: 'With `group_by=api_key`.' }),
    api_key_name: z.string().nullable().optional().meta({ description: '`null` when the key is gone.' }),
    workspace_id: z.string().optional().meta({ description: 'With `group_by=workspace`.' }),
  })
  .meta({ id: 'ActivityRow' });

/** What `GET /activity/series` answers. */
export const seriesAnswer: z.ZodType = z
  .object({
    data: z.object({
      days: z.array(z.iso.date()),
      series: z.array(
        z.object({
          id: z.string(),
          name: z.string().nullable(),
          requests: z.array(count),
          tokens: z.array(count),
          cost_usd: z.array(usd),
        }),
      ),
      totals: z.object({
        requests: count,
        prompt_tokens: count,
        completion_tokens: count,
        reasoning_tokens: count,
        cost_usd: usd,
      }),
    }),
  })
  .meta({ id: 'ActivitySeries' });

/** A row of `GET /generations`, and the data of its live events. */
export const generationRow: z.ZodType = z
  .object({
    id: z.string(),
    created_at: z.iso.datetime(),
    requested_model: z.string(),
    model: z.string().nullable(),
    provider_name: z.string().nullable(),
    api_key_hash: z.string(),
    api_key_name: z.string().nullable(),
    surface: z.string(),
    status: z.enum(['complete', 'cancelled', 'failed', 'truncated']),
    streamed: z.boolean(),
    finish_reason: z.string().nullable(),
    latency: z.number().nullable().meta({ description: 'Milliseconds to the first output.' }),
    generation_time: z.number().nullable().meta({ description: 'Milliseconds from there to the end.' }),
    tokens_per_second: z.number().nullable(),
    tokens_prompt: unknownCount,
    tokens_completion: unknownCount,
    tokens_cached: unknownCount,
    tokens_reasoning: unknownCount,
    cost_usd: usd,
    cache_hit: z.boolean(),
    error_type: z.string().nullable(),
    attempts: z.array(
      z.object({
        provider: z.string(),
        model: z.string(),
        status: z.int().nullable(),
        latency_ms: z.number(),
        error_type: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'GenerationRow' });
