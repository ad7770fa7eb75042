import { z } from 'zod';
import type { Surface } from './surface.ts';

/*
 * What routing and money need to be right, and nothing more: a field that is not named here goes to the provider as it
 * came, so that a parameter invented tomorrow works today.
 */

/** Over this many tokens a limit is a mistake, not a wish; it also keeps every product of prices far from overflow. */
export const MAX_TOKENS_LIMIT = 2_147_483_647;

const tokens = z.int().min(1).max(MAX_TOKENS_LIMIT).nullish();
const names = z.array(z.string().min(1).max(256)).max(100).nullish();
const percentiles = z.union([
  z.number().nonnegative(),
  z.looseObject({
    p50: z.number().nullish(),
    p75: z.number().nullish(),
    p90: z.number().nullish(),
    p99: z.number().nullish(),
  }),
]);
const usd = z.union([z.number().nonnegative(), z.string().regex(/^\d+(\.\d+)?$/)]).nullish();

const provider = z
  .looseObject({
    order: names,
    only: names,
    ignore: names,
    allow_fallbacks: z.boolean().nullish(),
    require_parameters: z.boolean().nullish(),
    data_collection: z.enum(['allow', 'deny']).nullish(),
    zdr: z.boolean().nullish(),
    hedge_after_ms: z.int().min(1).max(600_000).nullish(),
    quantizations: z.array(z.string()).nullish(),
    sort: z
      .union([
        z.enum(['price', 'throughput', 'latency']),
        z.looseObject({
          by: z.enum(['price', 'throughput', 'latency']),
          partition: z.enum(['model', 'none']).nullish(),
        }),
      ])
      .nullish(),
    preferred_min_throughput: percentiles.nullish(),
    preferred_max_latency: percentiles.nullish(),
    max_price: z.looseObject({ prompt: usd, completion: usd, request: usd, image: usd }).nullish(),
  })
  .nullish()
  .meta({ description: 'Which providers may answer, and in which order.' });

const common = {
  model: z.string().min(1).max(256).optional().meta({ description: 'Model id, alias or `name@version`.' }),
  models: z
    .array(z.string().min(1).max(256))
    .max(16)
    .nullish()
    .meta({ description: 'Models to fall back to, in order.' }),
  provider,
  session_id: z.string().max(256).nullish(),
  user: z.string().max(1024).nullish(),
};

const streaming = {
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  usage: z.looseObject({ include: z.boolean().nullish() }).nullish(),
  max_tokens: tokens,
  max_completion_tokens: tokens,
  n: z.int().min(1).max(128).nullish(),
};

const message = z.looseObject({
  role: z.string().min(1),
  content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]).nullish(),
});

export const chatRequest: z.ZodType<ChatRequest> = z
  .looseObject({ ...common, ...streaming, messages: z.array(message).min(1) })
  .meta({ id: 'ChatCompletionRequest' }) as unknown as z.ZodType<ChatRequest>;

export const completionRequest: z.ZodType<CompletionRequest> = z
  .looseObject({
    ...common,
    ...streaming,
    prompt: z.union([z.string(), z.array(z.union([z.string(), z.number(), z.array(z.number())])).min(1)]),
    best_of: z.int().min(1).max(128).nullish(),
  })
  .meta({ id: 'CompletionRequest' }) as unknown as z.ZodType<CompletionRequest>;

export const embeddingRequest: z.ZodType<EmbeddingRequest> = z
  .looseObject({
    ...common,
    input: z.union([
      z.string(),
      z.array(z.union([z.string(), z.number(), z.array(z.number()), z.looseObject({})])).min(1),
    ]),
  })
  .meta({ id: 'EmbeddingRequest' }) as unknown as z.ZodType<EmbeddingRequest>;

/** The schema that validates each surface, and from which its API reference is generated. */
export const REQUEST_SCHEMAS: Readonly<Record<Surface, z.ZodType<SurfaceRequest>>> = {
  chat: chatRequest,
  completions: completionRequest,
  embeddings: embeddingRequest,
};

/** `provider` of a request, with OpenRouter's meanings. */
export interface ProviderPreferences {
  readonly order?: readonly string[] | null;
  readonly only?: readonly string[] | null;
  readonly ignore?: readonly string[] | null;
  readonly allow_fallbacks?: boolean | null;
  readonly require_parameters?: boolean | null;
  readonly data_collection?: 'allow' | 'deny' | null;
  readonly zdr?: boolean | null;
  /** Ours: without output for this long, the next candidate is tried beside the first. */
  readonly hedge_after_ms?: number | null;
  readonly quantizations?: readonly string[] | null;
  readonly sort?: SortKey | { readonly by: SortKey; readonly partition?: 'model' | 'none' | null } | null;
  readonly preferred_min_throughput?: number | Percentiles | null;
  readonly preferred_max_latency?: number | Percentiles | null;
  readonly max_price?: Readonly<Record<string, number | string | null | undefined>> | null;
}
export type SortKey = 'price' | 'throughput' | 'latency';
export interface Percentiles {
  readonly p50?: number | null;
  readonly p75?: number | null;
  readonly p90?: number | null;
  readonly p99?: number | null;
}

/** Fields that every surface may carry. Unknown ones are kept. */
export interface CommonRequest {
  readonly model?: string;
  readonly models?: readonly string[] | null;
  readonly provider?: ProviderPreferences | null;
  readonly session_id?: string | null;
  readonly user?: string | null;
  readonly stream?: boolean | null;
  readonly stream_options?: { readonly include_usage?: boolean | null } | null;
  readonly usage?: { readonly include?: boolean | null } | null;
  readonly max_tokens?: number | null;
  readonly max_completion_tokens?: number | null;
  readonly n?: number | null;
  readonly best_of?: number | null;
  readonly [field: string]: unknown;
}
export interface ContentPart {
  readonly type: string;
  readonly [field: string]: unknown;
}
export interface ChatMessage {
  readonly role: string;
  readonly content?: string | readonly ContentPart[] | null;
  readonly [field: string]: unknown;
}
export interface ChatRequest extends CommonRequest {
  readonly messages: readonly ChatMessage[];
}
export interface CompletionRequest extends CommonRequest {
  readonly prompt: string | readonly (string | number | readonly number[])[];
}
export interface EmbeddingRequest extends CommonRequest {
  readonly input: string | readonly unknown[];
}
export type SurfaceRequest = ChatRequest | CompletionRequest | EmbeddingRequest;
