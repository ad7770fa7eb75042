import { z } from 'zod';

/*
 * What the catalogue's routes answer. It describes the answers and checks none; the test of the API description holds
 * both together.
 */

const price = z.string().meta({ description: 'Decimal text, USD for one token or unit, after discount.' });

export const pricing: z.ZodType = z
  .object({
    prompt: price,
    completion: price,
    request: price,
    image: price,
    input_cache_read: price.optional(),
    input_cache_write: price.optional(),
    internal_reasoning: price.optional(),
    discount: z.number().meta({ description: 'The fraction that was taken off.' }),
  })
  .meta({ id: 'Pricing' });

const architecture = z
  .object({
    modality: z.string().meta({ example: 'text+image->text' }),
    input_modalities: z.array(z.string()),
    output_modalities: z.array(z.string()),
    tokenizer: z.string(),
    instruct_type: z.null(),
  })
  .meta({ id: 'Architecture' });

const modelFields = {
  id: z.string().meta({ description: '`author/slug`.' }),
  object: z.literal('model'),
  owned_by: z.string(),
  canonical_slug: z.string(),
  name: z.string(),
  created: z.int().meta({ description: 'Seconds since the epoch.' }),
  description: z.string().nullable(),
  context_length: z.int().nullable(),
  architecture,
  /** Of the cheapest endpoint. */
  pricing,
  top_provider: z.object({
    context_length: z.int().nullable(),
    max_completion_tokens: z.int().nullable(),
    is_moderated: z.boolean(),
  }),
  per_request_limits: z.null(),
  supported_parameters: z.array(z.string()),
  default_parameters: z.null(),
  supported_voices: z.null(),
  hugging_face_id: z.null(),
  knowledge_cutoff: z.string().nullable(),
  expiration_date: z.null(),
  aliases: z.array(z.string()).meta({ description: 'Names that it answers to as well.' }),
  links: z.object({ details: z.string() }),
};

export const model: z.ZodType = z.object(modelFields).meta({ id: 'Model' });

/** One model: its fields stand at the root for OpenAI's clients, and in `data` for OpenRouter's. */
export const oneModel: z.ZodType = z.object({ ...modelFields, data: model }).meta({ id: 'OneModel' });

export const modelList: z.ZodType = z
  .object({
    object: z.literal('list'),
    data: z.array(model),
    total_count: z.int().meta({ description: 'How many were found, on all pages.' }),
    links: z.object({ next: z.string().nullable().meta({ description: 'Path of the next page.' }) }),
  })
  .meta({ id: 'ModelList' });

export const modelCount: z.ZodType = z.object({ data: z.object({ count: z.int() }) });

const percentiles = z
  .object({ p50: z.number(), p75: z.number(), p90: z.number(), p99: z.number() })
  .meta({ id: 'Percentiles' })
  .nullable();
const percent = z.number().nullable();

const endpoint = z
  .object({
    name: z.string(),
    model_id: z.string(),
    model_name: z.string(),
    provider_name: z.string(),
    tag: z.string(),
    quantization: z.string().nullable(),
    context_length: z.int().meta({ description: '0 where it is unknown.' }),
    max_completion_tokens: z.int().nullable(),
    max_prompt_tokens: z.null(),
    pricing,
    supported_parameters: z.array(z.string()),
    supports_implicit_caching: z.boolean(),
    supports_tool_choice: z.object({
      auto: z.boolean(),
      function: z.boolean(),
      none: z.boolean(),
      required: z.boolean(),
    }),
    supports_voice_cloning: z.boolean(),
    status: z.int().meta({ description: '0: healthy, -1: failed lately, -2: left alone for now.' }),
    uptime_last_5m: percent.meta({ description: 'Percent of calls that were answered.' }),
    uptime_last_30m: percent,
    uptime_last_1d: percent,
    latency_last_30m: percentiles.meta({ description: 'Milliseconds to the first output.' }),
    throughput_last_30m: percentiles.meta({ description: 'Tokens a second.' }),
    cancellation: z.string().meta({ description: 'What the provider does when a client leaves.' }),
    trains_on_prompts: z.boolean(),
    retains_prompts: z.boolean(),
  })
  .meta({ id: 'Endpoint' });

export const endpoints: z.ZodType = z
  .object({
    data: z.object({
      id: z.string(),
      name: z.string(),
      created: z.int(),
      description: z.string().nullable(),
      architecture,
      endpoints: z.array(endpoint),
    }),
  })
  .meta({ id: 'ModelEndpoints' });

export const providerList: z.ZodType = z
  .object({
    data: z.array(
      z.object({
        name: z.string(),
        slug: z.string(),
        privacy_policy_url: z.null(),
        terms_of_service_url: z.null(),
        status_page_url: z.null(),
        headquarters: z.null(),
        datacenters: z.null(),
        trains_on_prompts: z.boolean(),
        retains_prompts: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ProviderList' });
