import type { Surface } from '@onerouter/core';
import { z } from 'zod';

const count = z.int();
const usd = z.number().meta({ description: 'USD.' });
const text = z.string().nullish();

const usage = z
  .looseObject({
    prompt_tokens: count,
    completion_tokens: count,
    total_tokens: count,
    prompt_tokens_details: z.looseObject({
      cached_tokens: count,
      cache_write_tokens: count,
      audio_tokens: count,
    }),
    completion_tokens_details: z.looseObject({ reasoning_tokens: count }),
    usage_source: z.string().meta({ description: 'Whether the provider reported it or it was estimated.' }),
    cost: usd.meta({ description: 'What was charged, USD.' }),
    cost_details: z.looseObject({
      upstream_inference_cost: z.null(),
      upstream_inference_prompt_cost: usd,
      upstream_inference_completions_cost: usd,
    }),
    is_byok: z.boolean(),
  })
  .partial()
  .meta({ id: 'Usage' });

const common = {
  id: z.string().meta({ description: '`gen-…`.' }),
  model: z.string(),
  provider: z.string().optional().meta({ description: 'Who answered.' }),
  usage: usage.optional(),
  cost: usd.optional().meta({ description: 'What was charged, USD.' }),
};

const message = z.looseObject({
  role: z.string(),
  content: text,
  reasoning: text,
  refusal: text,
  tool_calls: z.array(z.looseObject({ id: z.string(), type: z.string() })).nullish(),
});

/** What each surface answers when it does not stream; providers may add fields. */
export const COMPLETION_SHAPES: Readonly<Record<Surface, z.ZodType>> = {
  chat: z
    .looseObject({
      ...common,
      object: z.literal('chat.completion'),
      created: count.meta({ description: 'Seconds since the epoch.' }),
      choices: z.array(z.looseObject({ index: count, message, finish_reason: z.string().nullable() })),
    })
    .meta({ id: 'ChatCompletion' }),
  completions: z
    .looseObject({
      ...common,
      object: z.literal('text_completion'),
      created: count.meta({ description: 'Seconds since the epoch.' }),
      choices: z.array(
        z.looseObject({ index: count, text: z.string(), finish_reason: z.string().nullable() }),
      ),
    })
    .meta({ id: 'Completion' }),
  embeddings: z
    .looseObject({
      ...common,
      id: z.string().optional(),
      object: z.literal('list'),
      data: z.array(
        z.looseObject({
          index: count,
          embedding: z
            .union([z.array(z.number()), z.string()])
            .meta({ description: 'Numbers, or base64 where that was asked for.' }),
        }),
      ),
    })
    .meta({ id: 'EmbeddingList' }),
};
