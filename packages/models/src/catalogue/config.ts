import { z } from 'zod';

/*
 * Models as they stand in a configuration file. Unknown fields are refused by name: a misspelt price or limit that is
 * ignored costs money.
 */

const PLAIN_NAME = /^[^\s/]+\/[^\s/]+$/;
const modalities = z.array(z.enum(['text', 'image', 'file', 'audio', 'video', 'embeddings'])).min(1);
const tokens = z.int().positive();
// `parsePricing()` judges the values: it knows which prices may be missing, and when zero is meant.
const price = z.string();

const pricing = z.strictObject({
  prompt: price,
  completion: price,
  request: price.optional(),
  image: price.optional(),
  input_cache_read: price.optional(),
  input_cache_write: price.optional(),
  internal_reasoning: price.optional(),
});

const endpoint = z.strictObject({
  provider: z.string().min(1),
  model: z.string().min(1),
  discount: z.number().min(0).lt(1).optional(),
  free: z.boolean().optional(),
  pricing: pricing.optional(),
  contextLength: tokens.optional(),
  maxCompletionTokens: tokens.optional(),
  inputModalities: modalities.optional(),
  supportedParameters: z.array(z.string().min(1)).optional(),
  quantization: z.string().min(1).optional(),
});

const model = z.strictObject({
  id: z.string().max(256).regex(PLAIN_NAME, 'must be author/slug, without spaces'),
  name: z.string().min(1).optional(),
  aliases: z.array(z.string().min(1).max(256).regex(/^\S+$/, 'must not contain spaces')).optional(),
  description: z.string().optional(),
  created: z.int().nonnegative().optional(),
  contextLength: tokens.optional(),
  maxCompletionTokens: tokens.optional(),
  inputModalities: modalities.optional(),
  outputModalities: modalities.optional(),
  knowledgeCutoff: z.string().min(1).optional(),
  endpoints: z.array(endpoint).min(1),
});

/** Checks `models` of a configuration. */
export const modelsConfig: z.ZodType<readonly ModelConfig[]> = z.array(model);

type ModalityName = 'text' | 'image' | 'file' | 'audio' | 'video' | 'embeddings';

/** Prices as decimal text in USD per token or unit, before discount. */
export interface PricingConfig {
  readonly prompt: string;
  readonly completion: string;
  readonly request?: string | undefined;
  readonly image?: string | undefined;
  readonly input_cache_read?: string | undefined;
  readonly input_cache_write?: string | undefined;
  readonly internal_reasoning?: string | undefined;
}

/** A model at a provider. */
export interface EndpointConfig {
  /** Name of a configured provider. */
  readonly provider: string;
  /** The provider's own name for the model. */
  readonly model: string;
  /** Fraction taken off every price, from 0 to below 1. @default 0 */
  readonly discount?: number | undefined;
  /** Declares that it costs nothing; the only way to a price of zero. @default false */
  readonly free?: boolean | undefined;
  /** Required unless `free`. */
  readonly pricing?: PricingConfig | undefined;
  /** Tokens. @default the model's */
  readonly contextLength?: number | undefined;
  /** Tokens. @default the model's */
  readonly maxCompletionTokens?: number | undefined;
  /** @default the model's */
  readonly inputModalities?: readonly ModalityName[] | undefined;
  /** OpenAI request parameters that it understands. @default unknown, which excludes it from nothing */
  readonly supportedParameters?: readonly string[] | undefined;
  /** `fp8`, `int4`, … @default unknown */
  readonly quantization?: string | undefined;
}

/** A model that clients can ask for. */
export interface ModelConfig {
  /** `author/slug`. */
  readonly id: string;
  /** @default the id */
  readonly name?: string | undefined;
  /** Other names it answers to. The bare slug is one without being listed, unless another model has it. */
  readonly aliases?: readonly string[] | undefined;
  readonly description?: string | undefined;
  /** Unix seconds. @default 0 */
  readonly created?: number | undefined;
  /** Tokens. @default the largest of its endpoints */
  readonly contextLength?: number | undefined;
  readonly maxCompletionTokens?: number | undefined;
  /** @default ['text'] */
  readonly inputModalities?: readonly ModalityName[] | undefined;
  /** @default ['text'] */
  readonly outputModalities?: readonly ModalityName[] | undefined;
  /** `2024-10` or `2024-10-01`. */
  readonly knowledgeCutoff?: string | undefined;
  readonly endpoints: readonly EndpointConfig[];
}
